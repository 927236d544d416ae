"""From a question to a cited answer in a paper's own words."""

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.citation import Citation
from assistant.conversation import Conversation
from assistant.errors import BatchError, QuestionError, TopicError
from assistant.lookup import Catalogue, Found, FoundFinding, FoundTerm

__all__ = [
    "Answer",
    "Assistant",
    "BatchError",
    "Catalogue",
    "Citation",
    "Conversation",
    "Found",
    "FoundFinding",
    "FoundTerm",
    "QuestionError",
    "TopicError",
]
