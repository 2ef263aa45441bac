"""Pages, templates, static files, the installable app: one file a page.

Requests end here; rooms below never see one.
"""
