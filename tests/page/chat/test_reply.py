"""The HTML of a turn, without a browser."""

from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant import Answer, Citation
from assistant.answer import AnswerParagraph
from assistant.answering.paragraphs import quoting, said
from assistant.citation import CitedPaper
from assistant.exporting import with_citations
from assistant.question import Kind
from assistant.references import cite_quote
from assistant.wording import say
from corpus import LANGUAGES, Language
from corpus.library import BUNDLED
from page.chat.reply import answer_html, conversation_html, turn_html
from page.chat.turns import ChatTurn
from page.ui_text import label
from tests.page.stand_ins import ANSWER, CITATION, CORRECTION, QUOTE, REFUSAL, REPLY, SPOIL, Html, part, parts, spoiled

UNTRANSLATED = replace(CITATION, translation=None, translated_by=None, passage_translation=None)
SHORT = replace(ANSWER, short="<N95> & APD")


def answer_of(*quotes: str, quoted: int = 1, language: Language = "id", kind: Kind = "fact") -> Answer:
    """Return an answer that quotes the first ``quoted`` of these, and cites the others."""
    citations = tuple(
        replace(UNTRANSLATED, marker=marker, quote=quote, language=language) for marker, quote in enumerate(quotes, 1)
    )
    paragraphs = quoting(citations[:quoted], citations[quoted:], language)
    return replace(ANSWER, language=language, kind=kind, paragraphs=paragraphs, citations=citations)


def markers(html: str) -> list[str]:
    return [button["data-cite"] for button in Html(html).having("data-cite")]


class TestTurns:
    @pytest.mark.parametrize("question", ["Kapan\n  <b>?", "&lt;b&gt; &amp;", "R&D, p < 0,05", "<!-- x", SPOIL])
    def test_a_question_shows_as_it_was_typed(self, question: str) -> None:
        asked = Html(part(turn_html(0, ChatTurn(question), "id"), "h2"))
        assert asked.text == question
        assert asked.tags == ["h2"]

    def test_each_question_stands_before_its_reply_and_can_be_edited(self) -> None:
        turns = [ChatTurn("Kapan?", answer=ANSWER), ChatTurn("Apa?", "Tidak ada <kata>."), ChatTurn("Siapa?")]
        html = conversation_html(turns, "en")
        assert html == "".join(turn_html(index, turn, "en", is_last=index == 2) for index, turn in enumerate(turns))
        assert [Html(asked).text for asked in parts(html, "h2")] == ["Kapan?", "Apa?", "Siapa?"]
        assert [Html(turn).having("aria-label")[0]["aria-label"] for turn in parts(html, "article.turn")] == [
            "Question 1", "Question 2", "Question 3",
        ]  # fmt: skip
        edits = Html(html).having("data-do")
        assert [(edit["data-do"], edit["data-turn"], edit["aria-label"]) for edit in edits] == [
            ("edit", str(index), "Edit this question") for index in range(3)
        ]
        assert conversation_html([], "en") == ""

    @pytest.mark.parametrize("reads", LANGUAGES)
    def test_while_a_question_waits_the_page_says_that_it_looks(self, reads: Language) -> None:
        answer = Html(part(turn_html(0, ChatTurn("Apa?"), reads), "div.answer"))
        assert answer.text == label("answering", reads)
        assert answer.having("role")[0]["role"] == "status"

    @pytest.mark.parametrize(
        ("reply", "language"), [("Tidak ada <kata> & tanda.", "id"), ("There is no <word> & sign.", "en")]
    )
    def test_what_is_said_instead_of_an_answer_can_be_asked_again(self, reply: str, language: Language) -> None:
        html = part(turn_html(4, ChatTurn("Apa?", reply), "id"), "div.answer")
        assert Html(part(html, "div.reply")).having("lang")[0]["lang"] == language
        assert Html(html).text == f"{reply}Coba lagi"
        (again,) = Html(html).having("data-ask")
        assert (again["data-ask"], again["data-turn"]) == ("", "4")

    @pytest.mark.parametrize("turn", [ChatTurn(" ", "Kosong."), ChatTurn("Apa?", "Makalah lain.", is_elsewhere=True)])
    def test_what_would_fail_again_is_not_asked_again(self, turn: ChatTurn) -> None:
        assert Html(turn_html(0, turn, "id")).having("data-ask") == []

    def test_of_a_question_that_is_too_long_the_beginning_is_shown(self) -> None:
        shown = part(turn_html(0, ChatTurn("kapal " * 400, "Terlalu panjang."), "id"), "h2")
        assert Html(shown).text == f"{('kapal ' * 400)[:400]}…"
        assert Html(part(turn_html(0, ChatTurn("", "Kosong."), "id"), "h2")).text == "—"

    def test_a_verdict_that_was_given_is_pressed(self) -> None:
        for is_good, pressed in ((None, ["false", "false"]), (True, ["true", "false"]), (False, ["false", "true"])):
            html = turn_html(0, ChatTurn("Apa?", answer=answer_of("Satu."), is_good=is_good), "id", judged=True)
            assert [button["aria-pressed"] for button in Html(html).having("data-judge")] == pressed

    def test_a_question_that_waits_is_not_asked_again(self) -> None:
        turns = [ChatTurn("Apa?", "Gagal."), ChatTurn("Apa?", "Model masih dimuat.")]
        asks = Html(conversation_html(turns, "id", is_waiting=True)).having("data-ask")
        assert [button["data-turn"] for button in asks] == ["0"]
        asks = Html(conversation_html(turns, "id")).having("data-ask")
        assert [button["data-turn"] for button in asks] == ["0", "1"]

    @pytest.mark.parametrize(
        ("answer", "title"),
        [
            (ANSWER, "Tanya berikutnya"),
            (replace(ANSWER, language="en"), "Ask next"),
            (REFUSAL, "Mungkin maksud Anda"),
            (replace(REFUSAL, language="en"), "Did you mean"),
        ],
    )
    def test_only_the_last_answer_comes_with_suggestions_three_at_most(self, answer: Answer, title: str) -> None:
        turn = ChatTurn("Apa?", answer=replace(answer, suggestions=("A?", "B <b>?", "C?", "D?")))
        shown = [parts(each, "div.suggestions") for each in parts(conversation_html([turn, turn], "id"), "article")]
        assert [len(each) for each in shown] == [0, 1]
        suggested = Html(shown[1][0])
        assert [button["data-ask"] for button in suggested.having("data-ask")] == ["A?", "B <b>?", "C?"]
        assert suggested.text == f"{title}A?B <b>?C?"
        for last in (ChatTurn("Apa?"), ChatTurn("Apa?", "Gagal."), ChatTurn("Apa?", answer=answer)):
            assert "suggestions" not in conversation_html([turn, last], "id")

    def test_where_answers_are_judged_each_has_two_buttons(self) -> None:
        html = conversation_html(
            [ChatTurn("A?", answer=ANSWER), ChatTurn("B?", "Gagal."), ChatTurn("C?")], "id", judged=True
        )
        judges = Html(html).having("data-judge")
        assert [(judge["data-judge"], judge["data-turn"]) for judge in judges] == [("good", "0"), ("bad", "0")]
        assert not Html(conversation_html([ChatTurn("A?", answer=ANSWER)], "id")).having("data-judge")


class TestDirectAnswer:
    @pytest.mark.parametrize("quote", [QUOTE, AnswerParagraph("quote", f"{QUOTE.text} {QUOTE.text}", (1,))])
    def test_it_comes_first_and_its_words_stand_out_in_the_quote_once(self, quote: AnswerParagraph) -> None:
        html = answer_html(replace(SHORT, paragraphs=(quote,)))
        assert html.index('class="short"') < html.index('class="quote"')
        assert part(html, "div.short") == '<div class="short"><strong>&lt;N95&gt; &amp; APD</strong></div>'
        assert part(html, "div.quote").startswith(
            '<div class="quote"><p>Masker <strong>&lt;N95&gt; &amp; APD</strong> tiba.'
        )
        assert html.count("<strong>") == 2

    @pytest.mark.parametrize(
        ("language", "source"), [("id", "dihitung dari Tabel <1>"), ("en", "counted from Table <1>")]
    )
    def test_what_is_no_quote_says_what_it_comes_from(self, language: Language, source: str) -> None:
        html = answer_html(replace(ANSWER, language=language, short="12", derived_from=source))
        assert Html(part(html, "div.short")).text == f"12 {source}"
        assert Html(part(html, "span.source")).text == source

    def test_it_stands_out_in_no_quote_if_it_is_none_itself(self) -> None:
        html = answer_html(replace(ANSWER, short="tiba", derived_from="disimpulkan dari kutipan"))
        assert html.count("<strong>") == 1

    def test_what_is_said_in_a_line_is_said_once(self) -> None:
        answer = replace(REPLY, status="answered", kind="file", short="14 halaman", derived_from="dari berkasnya")
        html = answer_html(replace(answer, paragraphs=(said("14 halaman"), said("Lain."))))
        assert Html(html).text.startswith("14 halaman dari berkasnyaLain.")

    def test_a_quote_that_is_the_direct_answer_is_shown_once_and_stands_out(self) -> None:
        html = answer_html(replace(ANSWER, short=QUOTE.text))
        assert not parts(html, "div.short")
        assert part(html, "div.quote").startswith(
            '<div class="quote"><p><strong>Masker &lt;N95&gt; &amp; APD tiba.</strong> <button'
        )

    @pytest.mark.parametrize("kind", ["list", "table", "file"])
    @pytest.mark.parametrize(
        ("short", "before", "items"),
        [
            ("Satu; Dua <b>; Tiga", "", ["Satu", "Dua <b>", "Tiga"]),
            ("3: Satu; Dua; Tiga", "3", ["Satu", "Dua", "Tiga"]),
            ("Satu: 1; Dua: 2; Tiga: 3", "", ["Satu: 1", "Dua: 2", "Tiga: 3"]),
            ("Satu; Dua", "Satu; Dua", []),
            ("3", "3", []),
        ],
    )
    def test_several_items_stand_one_below_the_other(
        self, kind: Kind, short: str, before: str, items: list[str]
    ) -> None:
        html = part(answer_html(replace(ANSWER, kind=kind, short=short, derived_from="dari Tabel 1")), "div.short")
        assert [Html(item).text for item in parts(html, "li")] == items
        assert [Html(strong).text for strong in parts(html, "strong")] == [before] * bool(before)
        assert Html(html).text == f"{before}{''.join(items)} dari Tabel 1"
        assert "<ul>" not in answer_html(replace(ANSWER, short=short))

    def test_a_comparison_has_its_sides_beside_each_other(self) -> None:
        answer = replace(ANSWER, kind="comparison", short="Sichuan <1>: 20: ribu; Jepang")
        sides = Html(part(answer_html(answer), "div.sides"))
        assert sides.tags == ["div", "div", "b", "div"]
        assert sides.text == "Sichuan <1>20: ribuJepang"
        assert "sides" not in answer_html(replace(answer, short="Sichuan: 20"))

    @pytest.mark.parametrize(
        ("language", "text"), [("id", "Makalah menyatakan lain"), ("en", "The paper says otherwise")]
    )
    @pytest.mark.parametrize("short", [None, "<N95>"])
    def test_a_false_claim_has_its_verdict_as_a_chip(self, language: Language, text: str, short: str | None) -> None:
        html = answer_html(replace(CORRECTION, kind="claim", language=language, short=short))
        assert Html(part(html, "span.chip contradicted")).text == text
        assert html.index("chip") < html.index('class="quote"')
        assert not parts(html, "p.said")  # in words, the verdict says what the chip says already

    @pytest.mark.parametrize(("language", "text"), [("id", "Didukung makalah"), ("en", "The paper supports this")])
    def test_a_true_claim_has_its_verdict_as_a_chip(self, language: Language, text: str) -> None:
        html = answer_html(replace(ANSWER, kind="claim", language=language, short=say("claim_true", language)))
        assert Html(part(html, "span.chip supported")).text == text

    @pytest.mark.parametrize("short", [None, "dari Sichuan"])
    def test_a_claim_that_was_not_decided_has_no_verdict(self, short: str | None) -> None:
        assert "chip" not in answer_html(replace(ANSWER, kind="claim", short=short))

    @pytest.mark.parametrize("answer", [replace(REFUSAL, kind="claim"), ANSWER, CORRECTION])
    def test_no_other_answer_has_a_verdict(self, answer: Answer) -> None:
        assert "chip" not in answer_html(answer)

    def test_a_correction_says_so_before_its_quote(self) -> None:
        html = answer_html(CORRECTION)
        assert Html(part(html, "p.said")).text == "Makalah ini menyatakan <lain>:"
        assert html.index('class="said"') < html.index('class="quote"')
        assert markers(html) == ["1"]


class TestQuotes:
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_markers_show_their_quote_in_the_paper(self, language: Language) -> None:
        answer = answer_of("Satu.", "Dua.", "Tiga.", quoted=2, language=language)
        buttons = Html(answer_html(answer)).having("data-cite")
        page = {"id": "hlm. 5", "en": "p. 5"}[language]
        assert [button["data-cite"] for button in buttons] == ["1", "2", "3"]
        assert [button["aria-label"] for button in buttons] == [
            f"{label('source', language)} [{n}] {page}" for n in (1, 2, 3)
        ]
        assert {(button["type"], button["data-start"], button["data-end"]) for button in buttons} == {
            ("button", "100", "124")
        }
        assert [Html(quote).text for quote in parts(answer_html(answer), "div.quote")] == [
            f"{text} [{n}] {page}" for n, text in enumerate(("Satu.", "Dua.", "Tiga."), 1)
        ]

    @pytest.mark.parametrize("quote", ["Menurut [7] masker tiba.", "Masker tiba [3].", "Lihat [1] [2]", "[2]"])
    def test_a_papers_own_number_in_brackets_is_no_marker(self, quote: str) -> None:
        html = answer_html(answer_of(quote, "Dua.", "Tiga.", quoted=2))
        assert markers(html) == ["1", "2", "3"]
        assert Html(html).text.startswith(f"{quote} [1] hlm. 5")

    @pytest.mark.parametrize(("kind", "shown"), [("fact", 1), ("part", 3), ("comparison", 3), ("list", 3)])
    def test_the_first_quote_is_shown_and_further_passages_are_folded(self, kind: Kind, shown: int) -> None:
        html = answer_html(answer_of("Satu.", "Dua.", "Tiga.", "Empat.", quoted=3, kind=kind))
        folded = part(html, "details.more")
        assert len(parts(folded, "div.quote")) == 4 - shown
        assert len(parts(html, "div.quote")) == 4
        more = 4 - shown
        title = "1 kutipan lagi" if more == 1 else f"{more} kutipan lagi"
        assert Html(part(folded, "summary")).text == title
        assert html.index("Empat.") > html.index("<summary>")
        assert "<details" not in answer_html(answer_of("Satu."))

    @pytest.mark.parametrize(
        ("short", "words", "bold"),
        [
            (None, "APD tiba", "APD tiba"),
            ("9 Mei; Bandung", "APD tiba", "APD tiba"),
            ("APD", "APD tiba", "APD"),
            (None, "PD", ""),
            (None, "tidak di sini", ""),
            (None, "", ""),
        ],
    )
    def test_the_direct_answer_stands_out_or_else_what_was_read(self, short: str | None, words: str, bold: str) -> None:
        html = answer_html(replace(ANSWER, short=short, citations=(replace(CITATION, words=words),)))
        strong = [Html(each).text for each in parts(part(html, "div.quote"), "strong")]
        assert strong == [bold] * bool(bold)

    def test_words_of_what_is_only_named_stand_out_in_it_too(self) -> None:
        answer = answer_of("Satu.", "Dua tiga.")
        answer = replace(answer, citations=(answer.citations[0], replace(answer.citations[1], words="tiga")))
        assert "<p>Dua <strong>tiga</strong>." in part(answer_html(answer), "details.more")

    def test_under_a_translation_its_original_is_folded_with_who_translated_it(self) -> None:
        theirs = replace(CITATION, marker=2, quote="Dua <b>.", translation="Two.", translated_by="authors")
        other = replace(CITATION, marker=3, quote="Three.", language="en", translation="Tiga.")
        citations = (CITATION, theirs, other)
        answer = replace(
            ANSWER, language="en", kind="part", paragraphs=quoting(citations, (), "en"), citations=citations
        )
        html = answer_html(answer)
        texts = [Html(quote).text for quote in parts(html, "div.quote")]
        assert texts == [
            f"Masks <N95> arrived. [1] p. 5Original{label('translated_by_project', 'en')}{CITATION.quote}",
            f"Two. [2] p. 5Original{label('translated_by_authors', 'en')}Dua <b>.",
            "Three. [3] p. 5",
        ]
        assert [attributes for tag, attributes in Html(html).elements if tag == "q"] == [{"lang": "id"}] * 2
        assert Html(html).elements[0] == ("div", {"class": "reply answered", "lang": "en"})
        assert say("translated", "en") not in Html(html).text  # which is said where it belongs

    @pytest.mark.parametrize("citation", [CITATION, replace(UNTRANSLATED, language="en"), UNTRANSLATED])
    def test_what_is_not_translated_has_no_original_under_it(self, citation: Citation) -> None:
        answer = replace(ANSWER, paragraphs=quoting([citation], (), "id"), citations=(citation,))
        assert "Aslinya" not in answer_html(answer)

    def test_what_is_not_translated_says_in_which_language_it_is(self) -> None:
        words = replace(UNTRANSLATED, words="<N95>")
        html = answer_html(replace(SHORT, language="en", citations=(words,)))
        assert '<strong lang="id">' in part(html, "div.short")
        assert '<p lang="id">' in part(html, "div.quote")
        translated = replace(ANSWER, language="en", paragraphs=quoting([CITATION], (), "en"))
        assert "<p lang" not in answer_html(translated)
        assert "<p lang" not in answer_html(ANSWER)


class TestTables:
    def test_rows_stand_in_a_table_each_with_its_marker(self) -> None:
        html = answer_html(answer_of("Satu <1>.", "Dua.", "Tiga.", quoted=2, kind="table"))
        rows = parts(part(html, "table.rows"), "tr")
        assert [Html(row).text for row in rows] == ["Satu <1>.[1] hlm. 5", "Dua.[2] hlm. 5"]
        assert [markers(row) for row in rows] == [["1"], ["2"]]
        assert markers(part(html, "details.more")) == ["3"]
        assert "<table" not in answer_html(answer_of("Satu.", kind="table"))

    def test_items_of_the_direct_answer_that_are_its_rows_have_their_markers(self) -> None:
        answer = replace(answer_of("A 1.", "B 2.", "C 3.", quoted=3, kind="table"), short="3: A; B; C")
        html = answer_html(answer)
        items = parts(part(html, "div.short"), "li")
        assert [Html(item).text for item in items] == [f"{name} [{n}] hlm. 5" for n, name in enumerate("ABC", 1)]
        folded = part(html, "details.more")
        assert Html(part(folded, "summary")).text == "Baris-barisnya seperti tercetak"
        assert len(parts(folded, "tr")) == 3
        assert "</table>" not in html.replace(folded, "")

    def test_items_that_are_not_the_rows_have_no_markers(self) -> None:
        answer = replace(answer_of("A 1.", "B 2.", quoted=2, kind="table"), short="A; B; C")
        html = answer_html(answer)
        assert markers(part(html, "div.short")) == []
        assert "Baris-barisnya" not in html

    def test_a_row_in_the_other_language_says_so(self) -> None:
        answer = answer_of("Satu.", "Dua.", quoted=2, kind="table")
        assert '<td lang="id">Satu.' in answer_html(replace(answer, language="en"))


class TestSeveralPapers:
    @pytest.mark.parametrize(
        ("papers", "named"),
        [
            ([CitedPaper("a", "a.pdf")], ["a.pdf"]),
            ([CitedPaper("a", "a.pdf", title="Judul <A>")] * 2, ["Judul <A>"]),
            ([CitedPaper("a", "a.pdf"), CitedPaper("b", "b.pdf")], []),
            ([CitedPaper("", "a.pdf")], []),
        ],
    )
    def test_the_paper_of_a_library_that_alone_is_quoted_is_named(
        self, papers: list[CitedPaper], named: list[str]
    ) -> None:
        answer = answer_of(*("Satu.", "Dua.")[: len(papers)], quoted=2, kind="part")
        citations = tuple(replace(c, paper=paper) for c, paper in zip(answer.citations, papers, strict=True))
        html = answer_html(replace(answer, citations=citations))
        assert [Html(each).text for each in parts(html, "p.paper")] == named

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize("own", [("Satu.",), ("Satu.", "Dua.")])
    def test_what_other_papers_say_has_a_line_each_with_its_marker(
        self, own: tuple[str, ...], language: Language
    ) -> None:
        answer = answer_of(*own, language=language)
        others = tuple(
            replace(UNTRANSLATED, marker=len(own) + nth, paper=CitedPaper(id=f"p{nth}", name="x.pdf")) for nth in (1, 2)
        )
        heading = AnswerParagraph("other_papers", say("other_papers", language))
        lines = [AnswerParagraph("by_paper", f"<{c.marker}> (p. 1)", (c.marker,), "x.pdf") for c in others]
        answer = replace(
            answer, paragraphs=(*answer.paragraphs, heading, *lines), citations=(*answer.citations, *others)
        )
        html = answer_html(answer)
        assert Html(part(html, "p.said")).text == heading.text
        listed = parts(part(html, "ul.by-paper"), "li")
        assert [Html(line).text for line in listed] == [f"x.pdf: <{c.marker}> (p. 1) [{c.marker}]" for c in others]
        assert sorted(markers(html)) == [str(c.marker) for c in answer.citations]

    def test_where_papers_differ_each_has_a_line_before_the_quotes(self) -> None:
        answer = answer_of("Satu.", language="en")
        bundled = replace(UNTRANSLATED, marker=2, paper=CitedPaper(id=BUNDLED, name="paper.txt"))
        lines = (
            AnswerParagraph("by_paper", "7 (p. 1)", (1,), "x.pdf"),
            AnswerParagraph("by_paper", "8 (p. 2)", (2,), "paper.txt"),
        )
        differing = replace(
            answer,
            short="The papers differ: 7 / 8",
            derived_from="compared",
            paragraphs=(*lines, *answer.paragraphs),
            citations=(*answer.citations, bundled),
        )
        html = answer_html(differing)
        assert Html(html).text.startswith("The papers differ: 7 / 8 compared")
        assert html.index("by-paper") < html.index("Satu.")
        assert f"{label('bundled_name', 'en')}: 8 (p. 2) [2]" in Html(html).text

    def test_a_line_of_a_paper_that_cites_nothing_names_it(self) -> None:
        answer = replace(ANSWER, paragraphs=(AnswerParagraph("by_paper", "3 <halaman>", (), "x.pdf"),), citations=())
        assert "x.pdf: 3 <halaman>" in Html(answer_html(answer)).text


class TestRemarks:
    def test_what_a_follow_up_was_understood_as_comes_first(self) -> None:
        html = answer_html(replace(SHORT, understood_as="Kapan masker <tiba>?"))
        assert Html(html).text.startswith("Dipahami sebagai: Kapan masker <tiba>?<N95>")
        assert "understood" not in answer_html(SHORT)

    def test_where_the_paper_disagrees_with_itself_that_stands_under_the_direct_answer(self) -> None:
        html = answer_html(replace(SHORT, note="Dua <angka>."))
        assert Html(part(html, "p.disagrees")).text == say("noted", "id", note="Dua <angka>.")
        assert html.index('class="short"') < html.index('class="disagrees"') < html.index('class="quote"')
        assert "disagrees" not in answer_html(SHORT)

    def test_a_reply_is_nothing_but_said(self) -> None:
        html = Html(answer_html(REPLY, turn=0))
        assert html.text == "Halo <juga>!"
        assert html.elements == [("div", {"class": "reply replied", "lang": "id"}), ("p", {"class": "said"})]

    @pytest.mark.parametrize(
        ("confidence", "strength", "words"),
        [
            (0.8, "strong", {"id": "kuat", "en": "strong"}),
            (0.6, "likely", {"id": "mungkin", "en": "likely"}),
            (0.1, "weak", {"id": "lemah", "en": "weak"}),
        ],
    )
    @pytest.mark.parametrize("language", LANGUAGES)
    def test_how_sure_an_answer_is_stands_in_a_word_that_is_explained(
        self, language: Language, confidence: float, strength: str, words: dict[Language, str]
    ) -> None:
        html = answer_html(replace(ANSWER, confidence=confidence, language=language))
        word = part(html, f"span.strength {strength}")
        assert Html(word).text == words[language]
        assert Html(word).having("title")[0]["title"] == label("strength_note", language)
        assert not re.search(r"\d%|0\.\d", Html(html).text)


class TestRefusal:
    OTHER = replace(CITATION, quote="Dua.", page=6, last_page=6, start=7, end=9)

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_the_closest_passage_is_shown_as_no_answer(self, language: Language) -> None:
        answer = replace(REFUSAL, language=language, related=(UNTRANSLATED, self.OTHER, self.OTHER))
        html = answer_html(answer)
        assert Html(html).text.startswith(f"Tidak ada.{label('closest', language)}{UNTRANSLATED.quote}")
        near = parts(html, "div.quote near")
        assert len(near) == 3
        folded = part(html, "details.more")
        assert len(parts(folded, "div.quote near")) == 2
        assert Html(part(folded, "summary")).text == label("further_passages", language, count=2)
        assert label("closest", language) not in answer_html(replace(answer, related=()))

    def test_it_has_a_place_that_is_shown_and_no_marker(self) -> None:
        html = answer_html(replace(REFUSAL, paragraphs=(said("Saya tidak menemukan ini. “[1]” tidak ada."),)))
        assert markers(html) == []
        (shows,) = Html(html).having("data-show")
        assert (shows["data-start"], shows["data-end"], shows["class"]) == ("100", "124", "cite")
        assert "hlm. 5" in Html(html).text

    def test_a_translation_has_its_original_folded(self) -> None:
        html = answer_html(replace(REFUSAL, language="en"))
        assert Html(part(html, "details.original")).text.endswith(CITATION.quote)
        assert "original" not in answer_html(REFUSAL)

    def test_it_has_no_strength_and_nothing_to_cite(self) -> None:
        html = answer_html(REFUSAL)
        assert "strength" not in html
        assert [button["data-copy"] for button in Html(html).having("data-copy")] == [with_citations(REFUSAL)]


@pytest.mark.parametrize("answer", [ANSWER, CORRECTION, spoiled(ANSWER)])
def test_an_answer_its_reference_and_a_link_to_it_can_be_taken_away(answer: Answer) -> None:
    html = Html(answer_html(answer))
    assert [button["data-copy"] for button in html.having("data-copy")] == [
        with_citations(answer), cite_quote(answer.citations[0], "id"),
    ]  # fmt: skip
    assert [button["data-link"] for button in html.having("data-link")] == [answer.understood_as or answer.question]
    assert {button["data-done"] for button in html.having("data-done")} == {"Tersalin ✓"}
    assert html.text.endswith("SalinKutipTautan")


def test_what_is_cited_is_all_that_is_quoted() -> None:
    answer = answer_of("Satu.", "Dua.", "Tiga.", quoted=2)
    cited = Html(answer_html(answer)).having("data-copy")[1]["data-copy"]
    assert cited == "\n\n".join(cite_quote(citation, "id") for citation in answer.citations[:2])


@pytest.mark.parametrize("kind", ["fact", "claim", "list", "table", "comparison"])
@pytest.mark.parametrize("answer", [ANSWER, REFUSAL, CORRECTION, REPLY])
@pytest.mark.parametrize("language", LANGUAGES)
def test_all_that_is_said_is_escaped(answer: Answer, kind: Kind, language: Language) -> None:
    answer = spoiled(replace(answer, kind=kind, language=language))
    row = AnswerParagraph("by_paper", SPOIL, (), SPOIL)
    answer = replace(answer, short=f"1: {SPOIL}; {SPOIL}; a: {SPOIL}", paragraphs=(*answer.paragraphs * 2, row))
    html = Html(turn_html(0, ChatTurn(SPOIL, answer=answer), language, judged=True, is_last=True))
    assert not {"script", "img"} & set(html.tags)
    names = {name for _, attributes in html.elements for name in attributes}
    data = {"turn", "cite", "copy", "done", "link", "do", "ask", "judge", "show", "paper", "start", "end"}
    allowed = {"class", "lang", "type", "aria-label", "title", *(f"data-{name}" for name in data)}
    assert names <= allowed | {"data-preview", "data-testid", "aria-pressed"}
    assert html.text.count(SPOIL) > 5
    failed = Html(turn_html(0, ChatTurn(SPOIL, SPOIL), language))
    assert failed.text.count(SPOIL) == 2
    assert not {"script", "img"} & set(failed.tags)
