"""Makes a paper of lines of text: finds headings, paragraphs, lists, sentences, passages and tables."""
