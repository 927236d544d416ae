"""How the reader's weights are made. Nothing that runs for a user imports this."""
