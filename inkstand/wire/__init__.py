"""News in: poll, fetch, parse, extract, decide, deliver.

Refuses to know who reads.
"""
