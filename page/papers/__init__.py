"""The papers behind the page: loaded, opened by a visitor, held for each session, or taken from a library."""
