"""What of HTML becomes which kind of line."""

from __future__ import annotations

import pytest

from corpus import PaperError
from corpus.formats.html_lines import lines_of, parse_html
from corpus.structure.manuscript import Line


def lines(markup: str, *, is_xml: bool = False) -> list[Line]:
    return lines_of(parse_html("x.html", markup, is_xml=is_xml))


def texts(markup: str) -> list[str]:
    return [line.text for line in lines(markup)]


def test_what_the_markup_says_is_what_a_line_is() -> None:
    markup = """<h1>Masks</h1><p>They came <b>late</b>,<br>in April.</p><h3>Aid</h3>
    <ul><li>rice<ol><li>red</li></ol></li>
    <li><p>oil</p></li></ul><figure><img src="x"><figcaption>Figure 1. A ship</figcaption></figure>
    <dl><dt>BOR</dt><dd>beds in use</dd></dl>Loose text"""
    assert [(line.text, line.kind, line.level) for line in lines(markup)] == [
        ("Masks", "heading", 1),
        ("They came late, in April.", None, None),
        ("Aid", "heading", 3),
        ("rice", "item", None),
        ("red", "item", None),
        ("oil", "item", None),
        ("Figure 1. A ship", "caption", None),
        ("BOR", None, None),
        ("beds in use", None, None),
        ("Loose text", None, None),
    ]
    assert [line.gap for line in lines(markup)] == [False, *[True] * 9]
    assert {line.page for line in lines(markup)} == {1}


def test_words_are_parted_where_blocks_are_and_not_where_type_changes() -> None:
    assert texts("<div>one<div>two</div>three</div><p>f<i>our</i>\n\tfi\xadve</p>") == [
        "one",
        "two",
        "three",
        "four five",
    ]


@pytest.mark.parametrize(
    "left_out",
    [
        "<script>var secret = 1</script>",
        "<style>p { color: red }</style>",
        "<nav><p>Home</p></nav>",
        "<template><p>later</p></template>",
        "<p hidden>hidden</p>",
        '<p style="color: red; DISPLAY : none">hidden</p>',
        '<div role="navigation">Home</div>',
        "<footer>All rights reserved</footer>",
        "<!-- a comment -->",
        "<svg><text>axis</text></svg>",
        '<sup><a href="#note1">1</a></sup>',
        '<a epub:type="noteref" href="notes.html#n1">1</a>',
        '<a class="headerlink" href="#here">¶</a>',
        "<select><option>2020</option></select>",
    ],
)
def test_what_is_not_shown_or_leads_elsewhere_is_left_out(left_out: str) -> None:
    assert texts(f"<body><p>Before.</p>{left_out}<p>After.</p></body>") == ["Before.", "After."]
    if not left_out.startswith("<footer"):  # which may not stand in a paragraph
        assert " ".join(texts(f"<body><p>Before. {left_out}After.</p></body>")) == "Before. After."


def test_links_and_powers_are_text() -> None:
    assert texts('<p>See <a href="#s2">section 2</a>: 5 m<sup>2</sup>.</p>') == ["See section 2: 5 m2."]


def test_the_main_part_of_a_page_is_its_text() -> None:
    assert texts("<body><div>Menu</div><main><p>Text.</p></main><aside>Others</aside></body>") == ["Text."]
    assert texts("<body><div>Menu</div><article><h1>T</h1><p>Text.</p></article></body>") == ["T", "Text."]
    assert texts("<article>One.</article><article>Two.</article>") == ["One.", "Two."]


def test_rows_of_tables() -> None:
    markup = """<table><caption>Table 1. Aid</caption><tr><th>No</th><th>From</th></tr>
    <tr><td>1</td><td><p>Sichuan,</p><p>China</p></td></tr><tr><td>2</td><td>Japan</td></tr></table>
    <table><thead><tr><td>City</td><td>Year</td></tr></thead><tbody><tr><td>Bandung</td><td>2015</td></tr></tbody></table>
    <table><tr><td><b>City</b></td><td><p><strong>Year</strong></p></td></tr><tr><td>Depok</td><td>2016</td></tr></table>
    <table><tr><td><b>only</b></td><td><b>row</b></td></tr></table>"""
    assert [(line.text, line.kind, line.gap) for line in lines(markup)] == [
        ("Table 1. Aid", "caption", False),
        ("No From", "table-header", True),
        ("1 Sichuan, China", "row", False),
        ("2 Japan", "row", False),
        ("City Year", "table-header", True),
        ("Bandung 2015", "row", False),
        ("City Year", "table-header", True),
        ("Depok 2016", "row", False),
        ("only row", "row", True),
    ]


def test_a_table_that_only_lays_out_is_none() -> None:
    markup = """<table><tr><td><h1>Masks</h1><p>They came.</p></td><td>Aside</td></tr></table>
    <table><tr><td><p>One cell.</p><p>Two paragraphs.</p></td></tr></table>
    <table><tr><td>Left</td><td><table><tr><td>a</td><td>b</td></tr></table></td></tr></table>"""
    assert [(line.text, line.kind) for line in lines(markup)] == [
        ("Masks", "heading"),
        ("They came.", None),
        ("Aside", None),
        ("One cell.", None),
        ("Two paragraphs.", None),
        ("Left", None),
        ("a b", "row"),
    ]


def test_a_paragraph_in_bold_type_is_strong() -> None:
    made = lines("<p><b>Method</b></p><p><b>Not</b> only</p><p><strong>All <i>of it</i></strong> </p>")
    assert [line.strong for line in made] == [True, False, True]


def test_elements_of_xhtml_may_be_closed_where_they_begin() -> None:
    markup = '<html><head><title/><script src="a.js"/></head><body><a id="p1"/><p/><p>Text<br/>here.</p></body></html>'
    assert [line.text for line in lines(markup, is_xml=True)] == ["Text here."]


@pytest.mark.parametrize("depth", [300, 1500])
def test_deep_elements_are_read(depth: int) -> None:
    assert texts("<div>" * depth + "deep" + "</div>" * depth + "<p>end</p>") == ["deep", "end"]


@pytest.mark.parametrize("tag", ["div", "table><tr><td", "b", "ul><li"])
def test_elements_that_are_too_deep_are_refused(tag: str) -> None:
    with pytest.raises(PaperError) as caught:
        parse_html("x.html", f"<{tag}>" * 100_000)
    assert caught.value.in_language("en").startswith("x.html: its elements lie too deep in each other")
    assert caught.value.in_language("id").startswith("x.html: unsur-unsurnya bersarang terlalu dalam")


def test_entities_that_a_text_defines_itself_are_not_expanded() -> None:
    bomb = '<!DOCTYPE html [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;">]><html><p>&b; &amp; &eacute;</p></html>'
    assert "aaaa" not in " ".join(texts(bomb)[-1:])
    assert "& é" in " ".join(texts(bomb))


def test_nothing_is_no_line() -> None:
    assert [texts(markup) for markup in ("", " ", "<!-- -->", "<html></html>", "<p> </p>")] == [[]] * 5
