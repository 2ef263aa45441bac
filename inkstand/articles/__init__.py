"""An article as published: immutable revisions, byline, pictures, notices.

Never hears of feeds' transport or of readers.
"""
