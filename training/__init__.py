"""Makes the reader's weights. Nothing that runs for a user imports this."""
