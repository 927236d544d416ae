"""Files on disk: written whole or not at all, locked, and known for damaged when they are."""
