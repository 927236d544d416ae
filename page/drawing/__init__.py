"""Draws the pages of PDFs in child processes, and finds the places of quotes on them."""
