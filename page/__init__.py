"""What the page shows: its words, the evidence beside the chat, and the assistant behind it."""
