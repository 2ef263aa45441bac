"""An edition as a book: EPUB 3. The same edition is the same bytes for readers of the same standing."""
