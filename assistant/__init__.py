"""From a question to a cited answer in a paper's own words."""

import corpus.quiet_start  # noqa: F401

# isort: split
from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.citation import Citation
from assistant.conversation import Conversation
from assistant.errors import BatchError, QuestionError, TopicError
from assistant.library_assistant import LibraryAssistant
from assistant.lookup import Catalogue, FoundFinding, FoundTerm, Lookup

__all__ = [
    "Answer",
    "Assistant",
    "BatchError",
    "Catalogue",
    "Citation",
    "Conversation",
    "FoundFinding",
    "FoundTerm",
    "LibraryAssistant",
    "Lookup",
    "QuestionError",
    "TopicError",
]
