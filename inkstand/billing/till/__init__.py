"""The till: a payment provider that takes no money, in the package, so that a whole membership can be walked through
with no account anywhere. It keeps books of its own, charges by the calendar, and is told apart from us: what it knows
reaches us by its messages and by asking it, as with any provider.
"""
