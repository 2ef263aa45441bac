"""Pages kept whole in the web process's memory, and handed out before Django hears of the request.

A page is kept for three seconds under all that makes it another page: address, language, host, and what its reader
is to us. What it is drawn from is reduced to just that, so nobody's own can slip into everybody's. Refused: whatever
sets a cookie, says how it may be kept, differs by anything else, or has not been said to be alike for its readers.
"""
