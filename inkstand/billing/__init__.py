"""The payment provider, invoices, receipts.

The only room that speaks to a provider; calls membership, never the other way.
"""
