"""Money, clock, addresses, HTML cleaning, guarded HTTP: knows no room and no newspaper word."""
