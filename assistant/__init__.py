"""From a question to a cited answer in a paper's own words."""

from assistant.answer import Answer, AnswerParagraph, Status, Strength
from assistant.asking import Asker, Conversation
from assistant.assistant import Assistant
from assistant.citation import Citation, CitedPaper
from assistant.errors import BatchError, EvaluationError, FeedbackError, QuestionError, TopicError
from assistant.library_assistant import LibraryAssistant
from assistant.lookup import Catalogue, FoundFinding, FoundTerm, Lookup
from assistant.paper_table import PaperAnswer
from corpus import TanyaError

__all__ = [
    "Answer",
    "AnswerParagraph",
    "Asker",
    "Assistant",
    "BatchError",
    "Catalogue",
    "Citation",
    "CitedPaper",
    "Conversation",
    "EvaluationError",
    "FeedbackError",
    "FoundFinding",
    "FoundTerm",
    "LibraryAssistant",
    "Lookup",
    "PaperAnswer",
    "QuestionError",
    "Status",
    "Strength",
    "TanyaError",
    "TopicError",
]
