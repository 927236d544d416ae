"""From lines of text to a paper: headings, paragraphs, lists, sentences, passages and tables."""
