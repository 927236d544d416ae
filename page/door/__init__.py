"""What stands at the page's door: who may come in, how often, and what they may send and get."""
