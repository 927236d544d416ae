"""Readers of files, one module for each format; `corpus.formats.registry` lists them and says how to add one."""
