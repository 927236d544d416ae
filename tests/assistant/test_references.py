from __future__ import annotations

import re
from dataclasses import replace

import pytest

from assistant import Citation
from assistant.references import apa_reference, cite_quote, to_apa, to_bibtex, to_ris
from assistant.wording import say
from corpus import Language, Paper
from corpus.metadata import Metadata
from tests.assistant.quotes import DOI, LINK, cited_from, odd_quote, with_doi

_TEX = {
    **{f"\\{character}": character for character in "&%$#_"},
    r"{\textbraceleft}": "{",
    r"{\textbraceright}": "}",
    r"{\textbackslash}": "\\",
    r"{\textasciitilde}": "~",
    r"{\textasciicircum}": "^",
}
ODD = (
    "& % $ # _ { } ~ ^ \\ \\{ {{ }",
    "@misc{x, title = {T}}",
    "a}\n}\n\n@misc{x,\n  title = {T},\n}",
    "a\r\nER  - \r\nTY  - JOUR\nTI  - T\x0b\x0c\x85\u2028b",
    "“kutip” 'satu' \"dua\" é 中",
    "\\textbraceleft \\& --",
)


def _read_bibtex(text: str) -> list[dict[str, str]]:
    """Read what BibTeX does: fields in braces that balance, whatever a backslash stands before; raise for all else."""
    entries = []
    for entry in filter(None, text.split("\n\n")):
        head = re.match(r"@misc\{([A-Za-z0-9_]+),\n", entry)
        assert head
        found, at = {"key": head[1]}, head.end()
        while field := re.compile(r"  (\w+) = \{").match(entry, at):
            depth, end = 1, field.end()
            while depth:
                depth += {"{": 1, "}": -1}.get(entry[end], 0)
                end += 1
            assert entry[end : end + 2] == ",\n"
            value = entry[field.end() : end - 1]
            assert not re.search(r"(?<!\\)[&%$#_]|[~^]", value.replace(r"{\text", ""))
            codes = "|".join(map(re.escape, _TEX))
            assert field[1] not in found  # JabRef keeps one of each
            found[field[1]] = re.sub(codes, lambda code: _TEX[code[0]], value)
            at = end + 2
        assert entry[at:].strip() == "}"
        entries.append(found)
    return entries


def _read_ris(text: str) -> list[dict[str, list[str]]]:
    """Read references, a tag and a value on each line; raise for all else."""
    references: list[dict[str, list[str]]] = []
    assert text.endswith("ER  - \r\n")
    for reference in text.removesuffix("\r\n").split("\r\n\r\n"):
        found: dict[str, list[str]] = {}
        for line in reference.split("\r\n"):
            parts = re.fullmatch(r"([A-Z][A-Z0-9])  - ([^\r\n\x0b\x0c\x85\u2028\u2029]*)", line)
            assert parts
            found.setdefault(parts[1], []).append(parts[2])
        assert next(iter(found)) == "TY"
        assert [*found][-1] == "ER"
        references.append(found)
    return references


def _by(dated: Paper, *authors: str) -> Paper:
    return replace(dated, metadata=dated.metadata._replace(authors=authors))


def _expected_notes(citations: tuple[Citation, ...]) -> list[str]:
    """Return the notes of the three quotes: in the paper's order, each after its page and section."""
    by = {"id": "[Tanya's translation]", "en": "[dari abstrak penulis sendiri]"}
    page = {"id": "hlm.", "en": "p."}
    ordered = sorted(citations, key=lambda citation: citation.start)
    return [
        f"{page[one.language]} {one.pages}, {one.section}: “{one.quote}” “{one.translation}” {by[one.language]}"
        for one in ordered
    ] + [say("pages_counted", ordered[0].language)]


class TestToBibtex:
    def test_one_entry_for_a_paper_with_its_quotes(self, citations: tuple[Citation, ...]) -> None:
        (entry,) = _read_bibtex(to_bibtex([*citations, citations[1]]))
        assert set(entry) == {"key", "doi", "annote"}  # no title, no author
        assert (entry["key"], entry["doi"]) == ("transborders_v5i1_4733", DOI)
        assert entry["annote"].split("\n") == _expected_notes(citations)
        assert to_bibtex([]) == ""

    def test_own_paper(self, own: Paper, citations: tuple[Citation, ...]) -> None:
        one = cited_from(own, replace(odd_quote(citations[0]), last_page=citations[0].page + 1, recognised=True))
        (entry,) = _read_bibtex(to_bibtex([one]))
        assert entry["howpublished"] == "my_100% {own} paper.pdf"
        assert entry["key"] == f"my_100_own_paper_{own.digest[:8]}"
        place = f"hlm. {one.page}-{one.page + 1}, {one.section}, teks hasil pengenalan"
        assert entry["annote"].split("\n")[0] == f"{place}: “{one.quote}”"
        assert "doi" not in entry

    def test_the_file_s_metadata_are_there(self, dated: Paper, citations: tuple[Citation, ...]) -> None:
        (entry,) = _read_bibtex(to_bibtex([cited_from(dated, citations[0])]))
        assert set(entry) == {"key", "author", "title", "year", "annote"}
        assert entry["author"] == "Author, A. and Author, B."
        assert (entry["title"], entry["year"]) == ("100% {Masks} & Aid", "2020")
        (entry,) = _read_bibtex(to_bibtex([cited_from(with_doi(dated, DOI), citations[0])]))
        assert set(entry) == {"key", "author", "title", "year", "doi", "annote"}

    def test_two_papers_have_an_entry_each_with_their_own_quotes(
        self, own: Paper, dated: Paper, citations: tuple[Citation, ...]
    ) -> None:
        other = replace(own, name="other.pdf", id="o")
        same = [cited_from(paper, citations[0]) for paper in (own, other, own)]
        more = cited_from(other, citations[1])
        entries = _read_bibtex(to_bibtex([*same, more]))
        assert [entry["howpublished"] for entry in entries] == [own.name, "other.pdf"]
        assert [len(entry["annote"].split("\n")) for entry in entries] == [2, 3]
        assert len({entry["key"] for entry in entries}) == 2

    def test_two_files_of_one_name_have_keys_of_their_own(self, own: Paper, citations: tuple[Citation, ...]) -> None:
        other = replace(own, digest="0" * 64, id="o")
        same = [cited_from(paper, citations[0]) for paper in (own, other)]
        keys = [entry["key"] for entry in _read_bibtex(to_bibtex(same))]
        assert len(set(keys)) == 2
        assert keys == [entry["key"] for one in same for entry in _read_bibtex(to_bibtex([one]))]

    @pytest.mark.parametrize(
        ("authors", "written"),
        [
            (("Sons and Daughters Ltd", "B. Author"), "{Sons and Daughters Ltd} and Author, B."),
            (("This AND That",), "{This AND That}"),
            (("Rew And", "B."), "{Rew And} and B."),
            (("Anders Sandberg", "R. Land & Co"), r"Sandberg, Anders and {R. Land \& Co}"),
            (("World Health Organization",), "{World Health Organization}"),
            (("Siti Aminah, M.Si.",), "{Siti Aminah, M.Si.}"),
            (("{Odd and",), r"{{\textbraceleft}Odd and}"),
            (("Budi",), "Budi"),
        ],
    )
    def test_an_author_stays_one(
        self, dated: Paper, citations: tuple[Citation, ...], authors: tuple[str, ...], written: str
    ) -> None:
        assert f"  author = {{{written}}},\n" in to_bibtex([cited_from(_by(dated, *authors), citations[0])])

    @pytest.mark.parametrize("name", ["论文.pdf", ".pdf", "___"])
    def test_a_name_that_makes_no_key(self, own: Paper, citations: tuple[Citation, ...], name: str) -> None:
        (entry,) = _read_bibtex(to_bibtex([cited_from(replace(own, name=name), citations[0])]))
        assert re.fullmatch(r"(paper|pdf)_[0-9a-f]{8}", entry["key"])

    @pytest.mark.parametrize("odd", ODD)
    def test_nothing_quoted_gets_out_of_its_field(self, own: Paper, citations: tuple[Citation, ...], odd: str) -> None:
        one = cited_from(replace(own, name=odd), odd_quote(citations[0], odd, section=odd))
        (entry,) = _read_bibtex(to_bibtex([one]))
        shown = " ".join(odd.split())
        assert entry["annote"].split("\n")[0] == f"hlm. {one.pages}, {shown}: “{shown}”"
        assert entry["howpublished"] == shown
        assert "title" not in entry
        (entry,) = _read_bibtex(to_bibtex([cited_from(replace(own, metadata=Metadata(odd, (odd,))), one)]))
        assert entry["title"] == shown
        assert sorted(re.findall(r"[^\s,{}]+", entry["author"])) == sorted(re.findall(r"[^\s,{}]+", shown))
        assert "year" not in entry


class TestToRis:
    def test_one_reference_for_a_paper_with_its_quotes(self, citations: tuple[Citation, ...]) -> None:
        (reference,) = _read_ris(to_ris([*citations, citations[0]]))
        assert set(reference) == {"TY", "DO", "N1", "ER"}
        assert (reference["TY"], reference["DO"]) == (["GEN"], [DOI])
        assert reference["N1"] == _expected_notes(citations)
        assert to_ris([]) == ""

    def test_own_paper(self, own: Paper, citations: tuple[Citation, ...]) -> None:
        (reference,) = _read_ris(to_ris([cited_from(own, odd_quote(citations[0]))]))
        assert reference["N1"][-1] == "my_100% {own} paper.pdf"
        assert "DO" not in reference

    def test_the_file_s_metadata_are_there(self, dated: Paper, citations: tuple[Citation, ...]) -> None:
        paper = _by(dated, "A. Author", "Siti Nur Aminah", "World Health Organization")
        (reference,) = _read_ris(to_ris([cited_from(paper, citations[0])]))
        assert set(reference) == {"TY", "AU", "TI", "PY", "N1", "ER"}
        # Without its comma, all of a name would be a family name for Zotero.
        assert reference["AU"] == ["Author, A.", "Aminah, Siti Nur", "World Health Organization"]
        assert (reference["TI"], reference["PY"]) == (["100% {Masks} & Aid"], ["2020"])

    def test_two_papers_have_a_reference_each(self, own: Paper, dated: Paper, citations: tuple[Citation, ...]) -> None:
        references = _read_ris(to_ris([*citations, cited_from(own, citations[0]), cited_from(dated, citations[0])]))
        assert [len(reference["N1"]) for reference in references] == [4, 3, 2]

    @pytest.mark.parametrize("odd", ODD)
    def test_nothing_quoted_gets_out_of_its_line(self, own: Paper, citations: tuple[Citation, ...], odd: str) -> None:
        one = cited_from(replace(own, name=odd), odd_quote(citations[0], odd, section=odd))
        shown = " ".join(odd.split())
        (reference,) = _read_ris(to_ris([one]))
        assert reference["N1"][0] == f"hlm. {one.pages}, {shown}: “{shown}”"
        assert set(reference) == {"TY", "N1", "ER"}
        (reference,) = _read_ris(to_ris([cited_from(replace(own, metadata=Metadata(odd, (odd, "B."))), one)]))
        assert (reference["TI"], len(reference["AU"])) == ([shown], 2)
        assert set(reference) == {"TY", "AU", "TI", "N1", "ER"}


class TestApa:
    @pytest.mark.parametrize(
        ("metadata", "doi", "reference"),
        [
            (Metadata("On masks", ("Siti Nur Aminah",), 2020), DOI, f"Aminah, S. N. (2020). On masks. {LINK}"),
            (Metadata("On masks", ("A. Aminah", "Budi"), 2020), "", "Aminah, A., & Budi. (2020). On masks."),
            (
                Metadata("Why masks?", ("A. A", "B. B", "World Health Organization"), None),
                "",
                "A, A., B, B., & World Health Organization. (n.d.). Why masks?",
            ),
            (Metadata("On masks", (), 2020), "", "On masks. (2020)."),
            (Metadata("", ("A. Aminah",), 2020), "", "Aminah, A. (2020). [my.pdf]."),
            (Metadata(), DOI, f"[my.pdf]. (n.d.). {LINK}"),
            (Metadata(), "", "[my.pdf]. (n.d.)."),
        ],
    )
    def test_a_reference_holds_what_is_known(
        self, own: Paper, citations: tuple[Citation, ...], metadata: Metadata, doi: str, reference: str
    ) -> None:
        paper = cited_from(with_doi(replace(own, name="my.pdf", metadata=metadata), doi), citations[0]).paper
        assert apa_reference(paper, "en") == reference
        assert apa_reference(paper, "id") == reference.replace("n.d.", "t.t.")

    @pytest.mark.parametrize(
        ("count", "end"),
        [(20, ", A19, N., & A20, N. (2020)"), (21, ", A19, N., . . . A21, N. (2020)")],
    )
    def test_of_more_than_twenty_authors_the_last_stands_for_the_rest(
        self, dated: Paper, citations: tuple[Citation, ...], count: int, end: str
    ) -> None:
        paper = _by(dated, *(f"N. A{number}" for number in range(1, count + 1)))
        reference = apa_reference(cited_from(paper, citations[0]).paper, "en")
        assert reference.partition(". 100%")[0].endswith(end)

    def test_a_list_has_each_paper_once_and_is_sorted(
        self, own: Paper, dated: Paper, citations: tuple[Citation, ...]
    ) -> None:
        cited = [*citations, cited_from(_by(dated, "Z. Zed"), citations[0])]
        cited += [cited_from(_by(dated, "siti aminah"), one) for one in citations]
        assert to_apa(cited, "en").splitlines() == [
            f"[paper.txt]. (n.d.). {LINK}",
            "aminah, S. (2020). 100% {Masks} & Aid.",
            "Zed, Z. (2020). 100% {Masks} & Aid.",
        ]
        assert to_apa([], "en") == ""

    @pytest.mark.parametrize(
        ("authors", "language", "in_text"),
        [
            (("A. Aminah",), "id", "Aminah, 2020, hlm. {page}"),
            (("A. Aminah", "Jan van der Berg"), "id", "Aminah & van der Berg, 2020, hlm. {page}"),
            (("A. Aminah", "B. B", "C. C"), "id", "Aminah dkk., 2020, hlm. {page}"),
            ((), "id", "“100% {{Masks}} & Aid”, 2020, hlm. {page}"),
        ],
    )
    def test_a_quote_is_cited_in_the_text(
        self,
        dated: Paper,
        citations: tuple[Citation, ...],
        authors: tuple[str, ...],
        language: Language,
        in_text: str,
    ) -> None:
        one = cited_from(_by(dated, *authors), citations[0])
        text, reference = cite_quote(one, language).split("\n\n")
        assert text == f"“{one.quote}” ({in_text.format(page=one.page)})"
        assert reference == apa_reference(one.paper, language)

    def test_a_translation_is_marked_and_its_original_stands_with_it(
        self, dated: Paper, citations: tuple[Citation, ...]
    ) -> None:
        one = cited_from(_by(dated, "A. A", "B. B", "C. C"), citations[0])
        assert cite_quote(one, "en").startswith(
            f"“{one.translation}” [Tanya's translation; original: “{one.quote}”] (A et al., 2020, p. {one.page})\n\n"
        )

    def test_pages_that_a_quote_runs_over_and_recognised_text(
        self, bundled: Paper, citations: tuple[Citation, ...]
    ) -> None:
        page = citations[1].page
        one = replace(odd_quote(citations[1]), last_page=page + 1, recognised=True)
        assert cite_quote(one, "en") == (
            f"“{one.quote}” ([paper.txt], n.d., pp. {page}\N{EN DASH}{page + 1}, recognised text)\n\n"
            f"[paper.txt]. (n.d.). {LINK}"
        )

    @pytest.mark.parametrize("odd", ODD)
    def test_each_reference_is_a_line(self, own: Paper, citations: tuple[Citation, ...], odd: str) -> None:
        paper = replace(own, name=odd, metadata=Metadata(odd, (odd, odd), 2020))
        assert len(to_apa([cited_from(paper, citations[0])], "en").splitlines()) == 1
        assert len(to_apa([cited_from(replace(own, name=odd), citations[0])], "en").splitlines()) == 1
