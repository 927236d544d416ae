"""Readers of files, by format: each makes lines of text of a file's bytes."""
