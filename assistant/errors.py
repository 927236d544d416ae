"""Errors that whoever asks can mend."""

from __future__ import annotations

from collections.abc import Sequence

from corpus.errors import TanyaError


class QuestionError(TanyaError):
    """A question that cannot be asked: empty, too long, or not text. The message is in the question's language."""


class BatchError(TanyaError):
    """A file of questions that cannot be read, or of answers that cannot be written."""


class EvaluationError(TanyaError):
    """A set of questions that cannot be read."""


class FeedbackError(TanyaError):
    """A file of feedback that cannot be read or written, or a set that cannot be made of it."""


class TopicError(TanyaError):
    """A topic that no finding has."""

    def __init__(self, topic: str, known: Sequence[str]) -> None:
        topics = ", ".join(known) if known else "none, for this paper comes without findings"
        super().__init__(f'There is no topic "{topic}": the topics are {topics}')
