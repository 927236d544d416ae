"""What other programs may ask: endpoints, the same as tools over MCP, and whether the page is ready."""
