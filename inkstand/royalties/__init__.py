"""What publishers are owed: the double-entry ledger, settlement, statements.

Nothing reads it but pages.
"""
