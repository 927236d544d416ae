"""What is wrong with a question in a way its asker can mend."""

from __future__ import annotations

from corpus.errors import TanyaError


class QuestionError(TanyaError):
    """A question that cannot be asked: empty, too long, or not text. The message is in the question's language."""


class BatchError(TanyaError):
    """A file of questions that cannot be read, or of answers that cannot be written."""
