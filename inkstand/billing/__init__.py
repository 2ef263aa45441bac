"""The payment provider, contracts, receipts. The only room that speaks to whoever takes the money.

What a reader has paid for is asked of the provider, never summed up from its messages: a message only says where to
look again. So messages may come late, twice, in any order or not at all, and what we know comes out the same.
"""
