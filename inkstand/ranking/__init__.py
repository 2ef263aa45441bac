"""Significance of stories, the order of the front page, and one reader's For You.

Scores are pure and keep their parts.
"""
