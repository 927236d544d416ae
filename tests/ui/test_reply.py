"""What the chat shows of a turn, without a browser."""

from __future__ import annotations

from dataclasses import replace

import pytest

from assistant import Answer, Citation
from assistant.answer import Paragraph
from assistant.answering.paragraphs import quoting, said
from assistant.citation import CitedPaper
from assistant.exporting import with_citations
from assistant.wording import say
from corpus import Language
from corpus.library import BUNDLED
from page.chat import Turn
from page.labels import label
from page.reply import as_typed, messages, reply_html
from tests.ui.stand_ins import ANSWER, CITATION, CORRECTION, QUOTE, REFUSAL, REPLY, SPOIL, Html, spoiled

UNTRANSLATED = replace(CITATION, translation=None, translated_by=None, passage_translation=None)


def html_of(answer: Answer, index: int = 0) -> str:
    return reply_html(index, Turn(answer.question, answer=answer))


def answer_of(*quotes: str, told: int = 1, language: Language = "id") -> Answer:
    """Return an answer that quotes the first ``told`` of these, and names the others."""
    citations = tuple(
        replace(UNTRANSLATED, marker=marker, quote=quote, language=language) for marker, quote in enumerate(quotes, 1)
    )
    paragraphs = quoting(citations[:told], citations[told:], language)
    return replace(ANSWER, language=language, paragraphs=paragraphs, citations=citations)


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
    heading = Paragraph("other_papers", say("other_papers", language))
    lines = [Paragraph("by_paper", f"<{c.marker}> (p. 1)", (c.marker,), "x.pdf") for c in others]
    answer = replace(answer, paragraphs=(*answer.paragraphs, heading, *lines), citations=(*answer.citations, *others))
    html = Html(html_of(answer))
    assert markers(html_of(answer)) == [str(c.marker) for c in answer.citations]
    told = "".join(f"x.pdf: <{c.marker}> (p. 1) [{c.marker}] " for c in others)
    assert f"{heading.text}{told}" in html.text
    assert html.tags.count("li") == len(others)
    assert html.tags.count("button") == len(answer.citations) + 2  # to copy, and a link


def test_where_papers_differ_each_has_a_line_before_the_quotes() -> None:
    answer = answer_of("Satu.", language="en")
    bundled = replace(UNTRANSLATED, marker=2, paper=CitedPaper(id=BUNDLED, name="paper.txt"))
    lines = (Paragraph("by_paper", "7 (p. 1)", (1,), "x.pdf"), Paragraph("by_paper", "8 (p. 2)", (2,), "paper.txt"))
    differing = replace(
        answer,
        short="The papers differ: 7 / 8",
        derived_from="compared",
        paragraphs=(*lines, *answer.paragraphs),
        citations=(*answer.citations, bundled),
    )
    text = Html(html_of(differing)).text
    assert text.startswith("The papers differ: 7 / 8 — compared")
    assert text.index("8 (p. 2) [2]") < text.index("Satu.")
    assert f"{label('bundled_name', 'en')}: 8 (p. 2)" in text


def test_a_line_of_a_paper_that_cites_nothing_names_it() -> None:
    answer = replace(ANSWER, paragraphs=(Paragraph("by_paper", "3 <halaman>", (), "x.pdf"),), citations=())
    assert "x.pdf: 3 <halaman>" in Html(html_of(answer)).text


def test_a_number_in_a_refusal_is_no_marker() -> None:
    html = html_of(replace(REFUSAL, paragraphs=(said("Saya tidak menemukan ini di makalah. “[1]” tidak ada."),)))
    assert markers(html) == []


def test_under_a_translation_stands_its_original() -> None:
    theirs = replace(CITATION, marker=2, quote="Dua <b>.", translation="Two.", translated_by="authors")
    other = replace(CITATION, marker=3, quote="Three.", language="en", translation="Tiga.")
    told = (CITATION, theirs, other, replace(CITATION, marker=4))
    answer = replace(ANSWER, language="en", paragraphs=quoting(told[:3], told[3:], "en"), citations=told)
    html = Html(html_of(answer))
    assert html.text.startswith(
        f"Masks <N95> arrived. [1]Original: {CITATION.quote}Two. [2]Original: Dua <b>.Three. [3]See also [4]."
    )
    assert [attributes for tag, attributes in html.elements if tag == "q"] == [{"lang": "id"}] * 2
    assert html.elements[0] == ("div", {"class": "reply", "lang": "en"})
    assert html.text.count(CITATION.quote) == 1


@pytest.mark.parametrize("citation", [CITATION, replace(UNTRANSLATED, language="en"), UNTRANSLATED])
def test_what_is_not_translated_has_no_original_under_it(citation: Citation) -> None:
    answer = replace(ANSWER, paragraphs=quoting([citation], (), "id"), citations=(citation,))
    assert "Aslinya" not in html_of(answer)


def test_a_name_in_the_other_language_comes_before_the_quote() -> None:
    paragraphs = (said("In Indonesian it is called “masker”."), *quoting([CITATION], (), "en"))
    html = Html(html_of(replace(ANSWER, language="en", paragraphs=paragraphs)))
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


SHORT = replace(ANSWER, short="<N95> & APD")


@pytest.mark.parametrize("quote", [QUOTE, Paragraph("quote", f"{QUOTE.text} {QUOTE.text}", (1,))])
def test_the_direct_answer_comes_first_and_its_words_stand_out_in_the_quote_once(quote: Paragraph) -> None:
    html = html_of(replace(SHORT, paragraphs=(quote,)))
    direct, _, quoted = html.partition("</div>")
    assert direct.endswith('<div class="short"><strong>&lt;N95&gt; &amp; APD</strong>')
    assert quoted.startswith("<p>Masker <strong>&lt;N95&gt; &amp; APD</strong> tiba.")
    assert html.count("<strong>") == 2


@pytest.mark.parametrize(("language", "told"), [("id", "dihitung dari Tabel <1>"), ("en", "counted from Table <1>")])
def test_what_is_no_quote_says_what_it_comes_from(language: Language, told: str) -> None:
    html = Html(html_of(replace(ANSWER, language=language, short="12", derived_from=told)))
    assert html.text.startswith(f"12 — {told}{ANSWER.text}")
    assert ("span", {"class": "source"}) in html.elements


def test_a_verdict_does_not_stand_out_in_a_quote() -> None:
    html = html_of(replace(ANSWER, short="tiba", derived_from="disimpulkan dari kutipan"))
    assert html.count("<strong>") == 1


def test_what_is_said_in_a_line_is_said_once() -> None:
    answer = replace(REPLY, status="answered", kind="file", short="14 halaman", derived_from="dari berkasnya")
    html = Html(html_of(replace(answer, paragraphs=(said("14 halaman"),))))
    assert html.text.startswith("14 halaman — dari berkasnyaSalin jawaban")


def test_a_quote_that_is_the_direct_answer_is_shown_once_and_stands_out() -> None:
    html = html_of(replace(ANSWER, short=QUOTE.text))
    assert Html(html).text.startswith(f"{ANSWER.text}Salin")
    assert "<p><strong>Masker &lt;N95&gt; &amp; APD tiba.</strong> <button" in html


@pytest.mark.parametrize(
    ("short", "words", "told"),
    [
        (None, "APD tiba", "APD tiba"),
        ("9 Mei; Bandung", "APD tiba", "APD tiba"),
        ("APD", "APD tiba", "APD"),
        (None, "PD", ""),
        (None, "tidak di sini", ""),
        (None, "", ""),
    ],
)
def test_of_a_quote_the_direct_answer_stands_out_or_else_what_was_read(
    short: str | None, words: str, told: str
) -> None:
    html = html_of(replace(ANSWER, short=short, citations=(replace(CITATION, words=words),)))
    quoted = html.partition("Masker")[2].partition("<button")[0]
    assert Html(quoted).tags == (["strong"] if told else [])
    assert (f"<strong>{told}</strong>" in quoted) == bool(told)


@pytest.mark.parametrize(("text", "number"), [("15.000 paket, 5 peti", "5"), ("1,5 juta", "5"), ("2015", "5")])
def test_a_number_stands_out_only_by_itself(text: str, number: str) -> None:
    answer = replace(ANSWER, short=number, paragraphs=(Paragraph("quote", text, (1,)),))
    quoted = html_of(answer).partition("</div>")[2]
    assert quoted.startswith("<p>15.000 paket, <strong>5</strong> peti" if "peti" in text else f"<p>{text} <button")


def test_a_correction_begins_with_its_verdict() -> None:
    html = Html(html_of(replace(CORRECTION, short="<N95>")))
    assert html.text.startswith(f"Makalah ini menyatakan <lain>: <N95>{QUOTE.text} [1]")
    assert markers(html_of(CORRECTION)) == ["1"]
    assert Html(html_of(CORRECTION)).text.startswith(f"Makalah ini menyatakan <lain>:{QUOTE.text} [1]")
    assert "bukan jawaban" not in html_of(CORRECTION)


def test_a_reply_is_nothing_but_said() -> None:
    html = Html(html_of(REPLY))
    assert html.text == "Halo <juga>!"
    assert html.elements == [("div", {"class": "reply", "lang": "id"}), ("p", {})]


@pytest.mark.parametrize("language", ["id", "en"])
def test_the_rows_of_a_table_are_a_list_each_with_its_marker(language: Language) -> None:
    rows = tuple(replace(CITATION, marker=marker) for marker in (1, 2, 3))
    paragraphs = quoting(rows[:2], rows[2:], language)
    html = html_of(replace(ANSWER, language=language, kind="table", paragraphs=paragraphs, citations=rows))
    listed = Html(html.partition('<ul class="rows">')[2].partition("</ul>")[0])
    assert listed.tags.count("li") == 2
    assert [button["data-cite"] for button in listed.having("data-cite")] == ["1", "2"]
    assert listed.tags.count("q") == (2 if language == "en" else 0)
    assert markers(html) == ["1", "2", "3"]


@pytest.mark.parametrize(
    ("short", "before", "items"),
    [
        ("Satu; Dua <b>; Tiga", "", ["Satu", "Dua <b>", "Tiga"]),
        ("3: Satu; Dua; Tiga", "<strong>3</strong>", ["Satu", "Dua", "Tiga"]),
        ("Satu: 1; Dua: 2; Tiga: 3", "", ["Satu: 1", "Dua: 2", "Tiga: 3"]),
        ("Satu; Dua", "<strong>Satu; Dua</strong>", []),
        ("3", "<strong>3</strong>", []),
    ],
)
def test_several_items_stand_one_below_the_other(short: str, before: str, items: list[str]) -> None:
    html = html_of(replace(ANSWER, kind="list", short=short, derived_from="dari Tabel 1"))
    direct = html.partition('<div class="short">')[2].partition("</div>")[0]
    first, _, listed = direct.partition("<ul>")
    assert first.startswith(before)
    assert [Html(item).text for item in listed.partition("</ul>")[0].split("</li>")[:-1]] == items
    assert Html(direct).text.endswith(" — dari Tabel 1")
    assert "<ul>" not in html_of(replace(ANSWER, short=short))


def test_what_is_not_translated_says_in_which_language_it_is() -> None:
    words = replace(UNTRANSLATED, words="<N95>")
    answer = replace(SHORT, language="en", citations=(words,))
    tags = [(tag, attributes.get("lang")) for tag, attributes in Html(html_of(answer)).elements][:4]
    assert tags == [("div", "en"), ("div", None), ("strong", "id"), ("p", "id")]
    translated = replace(ANSWER, language="en", paragraphs=quoting([CITATION], (), "en"))
    assert "<p lang" not in html_of(translated)
    assert "<p lang" not in html_of(ANSWER)


@pytest.mark.parametrize("answer", [ANSWER, REFUSAL, CORRECTION, replace(ANSWER, kind="table")])
@pytest.mark.parametrize("language", ["id", "en"])
def test_all_that_is_said_is_escaped(answer: Answer, language: Language) -> None:
    answer = spoiled(replace(answer, language=language))
    html = Html(html_of(answer))
    has_original = answer.citations and language == "en"
    rows = {"ul", "li"} if answer.kind == "table" else set()
    assert set(html.tags) == {"div", "p", "button", "strong", "span"} | rows | ({"q"} if has_original else set())
    names = {name for _, attributes in html.elements for name in attributes}
    data = {f"data-{name}" for name in ("turn", "cite", "copy", "done", "link")}
    assert names <= {"class", "lang", "type", "aria-label", *data}
    assert html.text.count(SPOIL) == (7 if has_original else 6)


@pytest.mark.parametrize("answer", [ANSWER, REFUSAL, CORRECTION, spoiled(ANSWER), spoiled(REFUSAL)])
def test_the_answer_and_a_link_to_it_can_be_copied(answer: Answer) -> None:
    html = Html(html_of(answer))
    assert [button["data-copy"] for button in html.having("data-copy")] == [with_citations(answer)]
    assert [button["data-link"] for button in html.having("data-link")] == [answer.understood_as or answer.question]
    assert {button["data-done"] for button in html.having("data-done")} == {"Tersalin ✓"}
    assert html.text.endswith("Salin jawaban dan sumbernyaSalin tautan")
