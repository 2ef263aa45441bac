"""Full-text and filtered query over articles.

Owns the index of what articles say (`Entry`) and of the words they use (`Word`). It follows the revisions by itself:
whoever publishes need only wake `search.catch_up`. It refuses to find what is withdrawn or under embargo, and finds
words behind the wall only for those who may read there.
"""
