"""Settings, addresses, WSGI.

Imported by no room.
"""
