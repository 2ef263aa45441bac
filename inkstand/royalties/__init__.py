"""What publishers are owed: readings counted, fees booked, months settled, statements anyone can recompute.

Owns the double-entry ledger. Refuses to change a settled month, to move money no fee stands behind, and to keep who
read what: readings carry a blinded number whose key is destroyed when their month is settled. Nothing reads it but
pages.
"""
