"""Answers by the kind of question, a module for each. `assistant.answering.answerer` picks among them."""
