"""Joins the answers to several questions that were asked at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.answer import Answer, AnswerParagraph, Status
from assistant.citation import Citation, CitedPaper
from assistant.question import Question

_PARAGRAPHS = 1  # paragraphs of each answer that are kept, so that the whole stays short


def together(question: Question, answers: Sequence[Answer]) -> Answer:
    """Join the answers to the parts of a question, and number their citations anew."""
    paragraphs: list[AnswerParagraph] = []
    citations: dict[tuple[CitedPaper, int, int], Citation] = {}
    for answer in answers:
        numbers = {}
        for citation in answer.citations:
            cited = citations.setdefault(citation.cited_span, replace(citation, marker=len(citations) + 1))
            numbers[citation.marker] = cited.marker
        kept = [p for p in answer.paragraphs if p.kind in ("said", "quote", "by_paper")][:_PARAGRAPHS]
        renumbered = (replace(p, markers=tuple(numbers[marker] for marker in p.markers)) for p in kept)
        paragraphs += [paragraph for paragraph in renumbered if paragraph not in paragraphs]
    translated = [p for answer in answers for p in answer.paragraphs if p.kind == "translated"]
    paragraphs += translated[:1]
    found = [answer for answer in answers if answer.is_found]
    shorts = [answer.short for answer in found if answer.short]
    best = max(answers, key=lambda answer: answer.confidence)
    is_corrected = any(answer.status == "corrected" for answer in found)
    status: Status = "corrected" if is_corrected else "answered" if found else "not_in_paper"
    return replace(
        answers[0],
        question=question.text,
        status=status,
        short="; ".join(shorts) or None,
        paragraphs=tuple(paragraphs),
        citations=tuple(citations.values()),
        related=() if found else best.related,
        note=next((answer.note for answer in answers if answer.note), None),
        suggestions=best.suggestions,
        confidence=best.confidence,
        understood_as=question.understood_as if question.leans else None,
    )
