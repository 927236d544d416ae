"""What the chat shows of a turn, without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Answer, Citation
from assistant.citation import CitedPaper
from assistant.exporting import with_citations
from assistant.telling import tell
from assistant.wording import say
from corpus import Language
from page.chat import Turn
from page.reply import as_typed, messages, reply_html
from tests.ui.stand_ins import ANSWER, CITATION, REFUSAL, SPOIL, Html, spoiled

UNTRANSLATED = replace(CITATION, translation=None, translated_by=None, passage_translation=None)


def html_of(answer: Answer, index: int = 0) -> str:
    return reply_html(index, Turn(answer.question, answer=answer))


def answer_of(*quotes: str, told: int = 1, language: Language = "id") -> Answer:
    """Return an answer that quotes these, as `assistant.telling` words it."""
    citations = tuple(replace(UNTRANSLATED, marker=marker, quote=quote) for marker, quote in enumerate(quotes, 1))
    text = tell(citations[:told], citations[told:], language)
    return replace(ANSWER, language=language, text=text, citations=citations, told=told)


def markers(html: str) -> list[str]:
    return [button["data-cite"] for button in Html(html).having("data-cite")]


@pytest.mark.parametrize(
    "text",
    [
        "<b>x</b>",
        "</div>",
        "<!-- x -->",
        "<?x?>",
        "&lt;b&gt;",
        "&copy 2020",
        "&#60;",
        "&#x3c;b&#62",
        "&notit;",
        "&amp;lt;",
        "a < b & c",
        "<",
        "&",
        "3<4",
        "",
        SPOIL,
    ],
)
def test_a_question_shows_as_it_was_typed(text: str) -> None:
    shown = Html(as_typed(text))
    assert shown.text == text
    assert shown.tags == []


@pytest.mark.parametrize(
    "text", ["Setiap negara (McInnes & Lee, 2012: 49-50), p < 0,05.", "R&D", "a&b; c", "#&!?", "1<2", "x > y"]
)
def test_what_is_no_markup_stays_as_the_copy_button_is_to_copy_it(text: str) -> None:
    assert as_typed(text) == text


def test_each_question_stands_before_its_reply() -> None:
    turns = [Turn("Kapan\n  <b>?", answer=ANSWER), Turn("Apa?", "Tidak ada <kata>."), Turn("Siapa?")]
    shown = messages(turns)
    assert [message["role"] for message in shown] == ["user", "assistant", "user", "assistant", "user"]
    asked = [part["text"] for message in shown[::2] for part in message["content"]]
    assert asked == ["Kapan\n  &lt;b>?", "Apa?", "Siapa?"]
    assert shown[1]["content"].value == reply_html(0, turns[0])
    assert shown[3]["content"].value == reply_html(1, turns[1])


def test_only_the_last_answer_comes_with_suggestions() -> None:
    turn = Turn("Apa?", answer=replace(ANSWER, suggestions=("Siapa?", "Kapan?")))
    options = [message.get("options") for message in messages([turn, turn])]
    assert options == [None, None, None, [{"value": "Siapa?"}, {"value": "Kapan?"}]]
    for last in (Turn("Apa?"), Turn("Apa?", "Gagal.")):
        assert not any("options" in message for message in messages([turn, last]))
    assert messages([]) == []


def test_while_a_question_waits_nothing_is_said_to_it() -> None:
    assert reply_html(0, Turn("Apa?")) == ""


@pytest.mark.parametrize(
    ("reply", "language"), [("Tidak ada <kata> & tanda.", "id"), ("There is no <word> & sign.", "en")]
)
def test_what_is_said_instead_of_an_answer(reply: str, language: Language) -> None:
    html = Html(reply_html(0, Turn("Apa?", reply)))
    assert html.text == reply
    assert html.elements == [("div", {"class": "reply", "lang": language}), ("p", {})]


def test_markers_open_their_evidence() -> None:
    answer = answer_of("Satu.", "Dua.", "Tiga.", "Empat.", told=2)
    buttons = Html(html_of(answer, 3)).having("data-cite")
    assert [(button["data-turn"], button["data-cite"]) for button in buttons] == [("3", str(n)) for n in range(1, 5)]
    assert [button["aria-label"] for button in buttons] == [f"Buka bukti {n}" for n in range(1, 5)]
    assert {button["type"] for button in buttons} == {"button"}
    assert "Satu. [1]Dua. [2]Lihat juga [3] [4]." in Html(html_of(answer)).text
    assert "Open evidence 1" in html_of(answer_of("One.", language="en"))


@pytest.mark.parametrize(
    "quote",
    [
        "Menurut [7] masker tiba.",
        "Masker tiba [2], lalu APD.",
        "Masker tiba [3].",
        "Masker tiba [1, 2].",
        "Masker tiba.[3]",
        "Lihat [3]",
        "Lihat [1] [2]",
        "Lihat [2], [3]",
        "[2]",
    ],
)
def test_a_papers_own_number_in_brackets_is_no_marker(quote: str) -> None:
    html = html_of(answer_of(quote, "Dua.", "Tiga.", told=2))
    assert markers(html) == ["1", "2", "3"]
    assert f"{quote} [1]Dua. [2]Lihat juga [3]." in Html(html).text


@pytest.mark.parametrize("language", ["id", "en"])
@pytest.mark.parametrize("own", [("Satu.",), ("Satu.", "Dua.")])
def test_what_other_papers_say_opens_at_its_markers_too(own: tuple[str, ...], language: Language) -> None:
    answer = answer_of(*own, language=language)
    others = tuple(
        replace(UNTRANSLATED, marker=len(own) + nth, paper=CitedPaper(id=f"p{nth}", name="x.pdf")) for nth in (1, 2)
    )
    line = say("other_papers", language, markers=" ".join(f"[{c.marker}]" for c in others))
    answer = replace(answer, text=f"{answer.text}\n\n{line}", citations=(*answer.citations, *others))
    assert markers(html_of(answer)) == [str(c.marker) for c in answer.citations]
    assert line in Html(html_of(answer)).text
    assert Html(html_of(answer)).tags.count("button") == len(answer.citations) + 2  # to copy, and a link


def test_a_number_in_a_refusal_is_no_marker() -> None:
    html = html_of(replace(REFUSAL, text="Makalah ini tidak menyebutkannya. Tidak ada di dalamnya: [1]."))
    assert markers(html) == []


def test_under_a_translation_stands_its_original() -> None:
    theirs = replace(CITATION, marker=2, quote="Dua <b>.", translation="Two.", translated_by="authors")
    other = replace(CITATION, marker=3, quote="Three.", language="en", translation="Tiga.")
    told = (CITATION, theirs, other, replace(CITATION, marker=4))
    answer = replace(ANSWER, language="en", text=tell(told[:3], told[3:], "en"), citations=told, told=3)
    html = Html(html_of(answer))
    assert html.text.startswith(
        f"Masks <N95> arrived. [1]Original: {CITATION.quote}Two. [2]Original: Dua <b>.Three. [3]See also [4]."
    )
    assert [attributes for tag, attributes in html.elements if tag == "q"] == [{"lang": "id"}] * 2
    assert html.elements[0] == ("div", {"class": "reply", "lang": "en"})
    assert html.text.count(CITATION.quote) == 1


@pytest.mark.parametrize("citation", [CITATION, replace(UNTRANSLATED, language="en"), UNTRANSLATED])
def test_what_is_not_translated_has_no_original_under_it(citation: Citation) -> None:
    answer = replace(ANSWER, citations=(citation,))
    assert "Aslinya" not in html_of(answer)


def test_a_name_in_the_other_language_comes_before_the_quote() -> None:
    text = f"In Indonesian it is called “masker”.\n\n{CITATION.translation} [1]"
    html = Html(html_of(replace(ANSWER, language="en", text=text)))
    assert html.text.startswith(
        f"In Indonesian it is called “masker”.Masks <N95> arrived. [1]Original: {CITATION.quote}"
    )


def test_what_a_follow_up_was_understood_as_comes_first() -> None:
    html = Html(html_of(replace(ANSWER, understood_as="Kapan masker <tiba>?")))
    assert html.text.startswith(f"Dipahami sebagai: Kapan masker <tiba>?{ANSWER.text}")
    assert "Dipahami" not in html_of(ANSWER)


def test_a_note_is_said_to_be_tanyas() -> None:
    html = Html(html_of(replace(ANSWER, note="Dua <angka>.")))
    assert html.text.startswith(f"{ANSWER.text}Catatan dari Tanya: Dua <angka>.")
    assert "Catatan" not in html_of(ANSWER)


def test_a_refusal_points_at_the_related_passages() -> None:
    assert Html(html_of(REFUSAL)).text.startswith("Tidak ada.Bagian yang paling dekat ditampilkan")
    assert "The nearest passages" in html_of(replace(REFUSAL, language="en"))
    assert "paling dekat" not in html_of(replace(REFUSAL, related=()))


@pytest.mark.parametrize("answer", [ANSWER, REFUSAL])
@pytest.mark.parametrize("language", ["id", "en"])
def test_all_that_is_said_is_escaped(answer: Answer, language: Language) -> None:
    answer = spoiled(replace(answer, language=language))
    html = Html(html_of(answer))
    assert set(html.tags) == {"div", "p", "button"} | ({"q"} if answer.citations and language == "en" else set())
    names = {name for _, attributes in html.elements for name in attributes}
    data = {f"data-{name}" for name in ("turn", "cite", "copy", "done", "link")}
    assert names <= {"class", "lang", "type", "aria-label", *data}
    assert html.text.count(SPOIL) == (4 if answer.citations and language == "en" else 3)


@pytest.mark.parametrize("answer", [ANSWER, REFUSAL, spoiled(ANSWER), spoiled(REFUSAL)])
def test_the_answer_and_a_link_to_it_can_be_copied(answer: Answer) -> None:
    html = Html(html_of(answer))
    assert [button["data-copy"] for button in html.having("data-copy")] == [with_citations(answer)]
    assert [button["data-link"] for button in html.having("data-link")] == [answer.understood_as or answer.question]
    assert {button["data-done"] for button in html.having("data-done")} == {"Tersalin ✓"}
    assert html.text.endswith("Salin jawaban dan sumbernyaSalin tautan")
