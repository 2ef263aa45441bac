"""Articles about one event, clustered; who was first; what is a copy."""
