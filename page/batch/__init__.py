"""Long work: a file of questions, or one question to every paper. It waits in a queue and fills a table."""
