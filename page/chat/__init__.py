"""The conversation: its turns, its history in the browser, and how questions and answers are rendered."""
