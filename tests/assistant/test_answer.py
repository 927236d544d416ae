from __future__ import annotations

import json

from assistant import Answer, Citation

CITATION = Citation(
    marker=1, quote="Q.", translation=None, translated_by=None, passage="Q. R.", passage_translation=None, page=3,
    last_page=4, section="S", section_translation=None, language="id", start=10, end=12, passage_id="s0001-s0002",
    score=0.9, words="Q",
)  # fmt: skip


def test_record_is_plain_and_holds_the_text_as_answer() -> None:
    answer = Answer("Apa?", "id", "answered", text="Q. [1]", citations=(CITATION,), confidence=0.8)
    record = answer.to_record()
    assert record["answer"] == "Q. [1]"
    assert "text" not in record
    loaded = json.loads(json.dumps(record))
    assert loaded["citations"] == [
        {
            "marker": 1, "quote": "Q.", "translation": None, "translated_by": None, "passage": "Q. R.",
            "passage_translation": None, "page": 3, "last_page": 4, "section": "S", "section_translation": None,
            "language": "id", "start": 10, "end": 12, "passage_id": "s0001-s0002", "score": 0.9,
            "words": "Q",
        }
    ]  # fmt: skip
    assert loaded["related"] == []
    assert loaded["error"] is None
    assert answer.text == "Q. [1]"
