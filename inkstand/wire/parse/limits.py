"""What one document may make us spend. Each is far above what an honest feed needs and far below what hurts."""

# The biggest honest feeds are podcast archives of some 3,000 items; a hostile one of 50,000 gives 5,000.
ITEMS = 5_000
# A node of the tree takes about 120 bytes: half a million stay under 100 MB with their text.
TAGS = 500_000
# feedparser's loose parser is a hundred times slower than the fast path; the front of a document is where its news is.
FALLBACK_BYTES = 1_000_000
FALLBACK_DEPTH = 100


HEADLINE = 500
LINE = 500  # an author, a tag, a section, a rights line
ADDRESS = 4_000
HTML = 1_000_000
AUTHORS = 50
TAGS_EACH = 100
PICTURES = 30
MEDIA = 100  # media elements of one item that are looked at
