"""Running the paper: the one command, the embedded PostgreSQL, the supervisor, benches, checks.

Decides nothing about news.
"""
