"""Publishers, titles, feeds, terms of licence, the catalogue."""
