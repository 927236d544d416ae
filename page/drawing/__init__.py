"""A PDF's pages as pictures, drawn in a child process, and where on them the words of a quote stand."""
