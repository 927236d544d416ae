"""Files on disk: written whole or not at all, locked between processes, and checked for damage."""
