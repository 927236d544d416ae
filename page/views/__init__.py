"""What the project wrote about a paper: its findings, their charts and its glossary, each with its evidence."""
