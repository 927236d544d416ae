"""The page over a library: which papers are asked, whose quotes are shown, and where they open."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from playwright.sync_api import Page, expect

from corpus.library import BUNDLED, Library
from page.batch_labels import batch_label
from page.labels import label
from page.table_labels import table_label
from tests.ui.papers import GLACIER, HARBOUR, OwnTab, ReaderPart, open_tab, pdf
from tests.ui.test_accessibility import check
from tests.ui.test_taking_away import saved
from tests.ui.visits import OTHER_SCREENS, SCREENS, Screen, Server, Visit, Visits, one_now

AID = (
    "Abstract\n\nThis paper compares mask donations between sister cities. Sichuan sent 22,000 packs of masks to "
    "partner provinces in 2020.\n\nMethod\n\nWe coded 112 press releases of city governments."
)
TEXTS = {"glacier.txt": GLACIER, "aid.txt": AID, "gone.txt": "The lighthouse of Kupang was built of coral in 1911."}
MASKS = {"id": "Berapa paket masker yang dikirim Sichuan?", "en": "How many packs of masks did Sichuan send?"}
GLACIER_ASKED = "By how much did the tongue of the Okapi glacier retreat?"


@pytest.fixture(scope="module")
def library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give a library of the bundled paper, three texts and a PDF."""
    folder = tmp_path_factory.mktemp("papers")
    for name, text in TEXTS.items():
        (folder / name).write_text(text, encoding="utf-8")
    (folder / "harbour.pdf").write_bytes(pdf(HARBOUR))
    library = Library(folder / "library")
    library.add_bundled()
    assert {outcome.change for outcome in library.add(sorted(folder.glob("*.*")))} == {"added"}
    return library


@pytest.fixture(scope="module")
def served(no_network: None, library: Library) -> Iterator[Server]:
    """Serve the page over the library."""
    server = Server("--library", str(library.folder))
    yield server
    server.close()


def visited(visits: Visits, server: Server, screen: Screen, query: str = "") -> Visit:
    visit = visits(server, **screen._asdict(), query=query)
    visit.wait_until_ready()
    return visit


def pick(page: Page, *names: str) -> None:
    """Pick papers that are to be asked alone."""
    for name in names:
        page.locator("#papers-asked input").click()
        page.get_by_role("option", name=name).click()
    page.locator("#question textarea").click()
    expect(page.locator("#papers-asked .token")).to_have_count(len(names))


def papers_of(visit: Visit) -> list[str]:
    return visit.cards.locator(".paper").all_inner_texts()


def id_of(library: Library, name: str) -> str:
    return next(entry.id for entry in library.entries() if entry.name == name)


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_all_papers_are_asked_and_each_quote_names_its_own(visits: Visits, served: Server, screen: Screen) -> None:
    visit, language = visited(visits, served, screen), screen.language
    expect(visit.page.locator("#paper")).to_contain_text(f"5 {label('papers', language)}")
    check(visit, screen.width)
    visit.ask(MASKS[language])
    papers = papers_of(visit)
    assert set(papers) == {label("bundled_name", language), "aid.txt"}
    assert len(papers) == visit.cards.count()
    lines = visit.answers.last.locator(".reply .by-paper li")
    expect(lines).to_have_count(2)
    for line, paper in zip(lines.all_inner_texts(), dict.fromkeys(papers), strict=True):
        assert line.startswith(f"{paper}: ")
    last = lines.last.locator(".cite")
    last.click()
    marked = visit.cards.filter(has=visit.page.locator(f'[data-marker="{last.get_attribute("data-cite")}"]'))
    expect(marked.locator(".marker")).to_be_focused()
    expect(marked.locator(".paper")).to_have_text(papers[-1])
    check(visit, screen.width)


@pytest.mark.parametrize("screen", one_now(OTHER_SCREENS))
def test_only_the_picked_papers_are_asked(visits: Visits, served: Server, screen: Screen) -> None:
    visit = visited(visits, served, screen)
    pick(visit.page, "aid.txt")
    assert "22,000" in visit.ask(MASKS["en"])
    assert set(papers_of(visit)) == {"aid.txt"}
    visit.page.locator("#papers-asked .token-remove").first.click()
    expect(visit.page.locator("#papers-asked .token")).to_have_count(0)
    pick(visit.page, "glacier.txt", "harbour.pdf")
    check(visit, screen.width)
    visit.ask(MASKS["en"])
    assert visit.answers.last.inner_text().startswith("I did not find this in any of the papers.")
    assert set(papers_of(visit)) <= {"glacier.txt", "harbour.pdf"}
    expect(visit.page.locator("#evidence details[open] .marker")).to_have_count(0)


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_a_quote_opens_in_its_paper_and_another_can_be_picked(
    visits: Visits, served: Server, library: Library, screen: Screen
) -> None:
    visit, language = visited(visits, served, screen), screen.language
    visit.ask(MASKS[language])
    reader, picker = ReaderPart(visit.page), visit.page.locator("#tab-paper .paper-picker input")
    for name, shown in ((label("bundled_name", language), BUNDLED), ("aid.txt", id_of(library, "aid.txt"))):
        show = visit.cards.filter(has=visit.page.locator(".paper", has_text=name)).first.locator("[data-show]")
        start, end = (int(show.get_attribute(f"data-{edge}") or 0) for edge in ("start", "end"))
        paper = library.paper(shown)
        show.click()
        expect(picker).to_have_value(name)
        reader.expect_page(next(s.page for s in paper.sentences if s.start == start))
        reader.expect_marked(paper.text[start:end])
        check(visit, screen.width)
        reader.back.click()
        expect(show).to_be_focused()
    open_tab(visit.page, screen, "tab_papers")
    picker.click()
    visit.page.get_by_role("option", name="harbour.pdf").click()
    reader.expect_page(1)
    expect(reader.tab).to_contain_text(label("page_of", language).format(last=3))
    expect(reader.marks).to_have_count(0)
    reader.search.fill("tongkol")
    expect(reader.results).to_have_count(1)
    reader.results.click()
    reader.expect_page(2)
    expect(reader.boxes.first).to_be_visible()
    assert "tongkol" in reader.marked


def test_what_is_taken_away_tells_each_paper(visits: Visits, served: Server, tmp_path: Path) -> None:
    screen = Screen("en-GB", 1440)
    visit = visited(visits, served, screen)
    visit.ask(MASKS["en"])
    visit.ask("How tall is Mount Everest?")
    assert visit.answers.last.inner_text().startswith("I did not find this in any of the papers.")
    visit.page.locator("#evidence details summary").last.click()
    visit.cards.filter(has_text="aid.txt").locator("[data-copy]").click()
    assert visit.page.evaluate("navigator.clipboard.readText()").endswith("; aid.txt)")
    suffixes = ("md", "json", "bib", "ris", "txt")
    files = {suffix: saved(visit, suffix, screen, tmp_path).read_text(encoding="utf-8") for suffix in suffixes}
    for text in files.values():
        assert "aid.txt" in text
        assert "10.23969/transborders.v5i1.4733" in text
    record = json.loads(files["json"])
    assert record["paper"] is None
    assert {c["paper"]["name"] for c in record["turns"][0]["answer"]["citations"]} == {"paper.txt", "aid.txt"}


def test_conversations_stay_and_a_link_asks_all(visits: Visits, served: Server) -> None:
    screen = Screen("en-GB", 1440)
    visit = visited(visits, served, screen, query=f"?q={GLACIER_ASKED.replace(' ', '+')}")
    assert "93 metres" in visit.wait_for_answer(1)
    visit.reload()
    expect(visit.questions).to_have_text([GLACIER_ASKED])
    assert set(papers_of(visit)) == {"glacier.txt"}


def test_a_paper_that_is_removed_meanwhile_is_told_and_the_rest_answers(
    visits: Visits, served: Server, library: Library
) -> None:
    screen = Screen("en-GB", 1440)
    visit = visited(visits, served, screen)
    library.remove("gone.txt")
    open_tab(visit.page, screen, "tab_papers")
    reader = ReaderPart(visit.page)
    visit.page.locator("#tab-paper .paper-picker input").click()
    visit.page.get_by_role("option", name="gone.txt").click()
    expect(reader.tab.get_by_role("alert")).to_have_text(label("paper_lost", "en"))
    open_tab(visit.page, screen, "tab_ask")
    pick(visit.page, "gone.txt")
    assert "No paper in the library is" in visit.ask("When was the lighthouse of Kupang built?")
    visit.page.locator("#papers-asked .token-remove").first.click()
    visit.box.fill("")
    assert "93 metres" in visit.ask(GLACIER_ASKED)
    assert not [line for line in served.errors if "Traceback" in line]


@pytest.mark.parametrize("screen", one_now(reversed(SCREENS)))
def test_every_paper_is_asked_one_question(visits: Visits, served: Server, screen: Screen, tmp_path: Path) -> None:
    visit, language = visited(visits, served, screen), screen.language
    open_tab(visit.page, screen, "tab_table")
    visit.page.locator("#table-question textarea").fill("?!")
    visit.page.locator("#table-start").click()
    expect(visit.page.locator("#table-problem").get_by_role("alert")).to_be_visible()
    visit.page.locator("#table-question textarea").fill(MASKS[language])
    visit.page.locator("#table-question textarea").press("Enter")
    state = visit.page.locator("#table-state").get_by_role("status")
    expect(state).to_have_text(table_label("done", language, name=MASKS[language]), timeout=60_000)
    rows = visit.page.locator("#table-rows [role=row]:has([role=gridcell])")
    expect(rows).to_have_count(5)  # the one that was removed since has a row, too
    aid = rows.filter(has_text="aid.txt").get_by_role("gridcell").all_inner_texts()
    assert aid[1] == batch_label("answered", language)
    assert "22,000" in aid[2]
    assert aid[3] == f"{label('page', language)} 1"
    assert rows.filter(has_text=label("bundled_name", language)).count() == 1
    check(visit, screen.width)
    with visit.page.expect_download() as started:
        visit.page.locator("#table-csv").click()
    file = tmp_path / started.value.suggested_filename
    started.value.save_as(file)
    assert file.name == f"{table_label('file_name', language)}.csv"
    with file.open(encoding="utf-8", newline="") as lines:
        told = {row["file"]: row for row in csv.DictReader(lines)}
    assert list(told) == ["aid.txt", "glacier.txt", "gone.txt", "harbour.pdf", "paper.txt"]
    assert "22,000" in told["aid.txt"]["short"]


def test_a_paper_of_one_s_own_stands_beside_the_library(visits: Visits, served: Server) -> None:
    screen = Screen("id-ID", 1440)
    visit = visited(visits, served, screen)
    own = OwnTab(visit.page, screen)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    assert "812 kilogram" in own.ask("Berapa tangkapan ikan tongkol?")
    expect(own.cards.locator(".paper")).to_have_count(0)
    expect(visit.page.locator("#tab-own .papers-asked")).to_have_count(0)
    own.cards.first.locator("[data-show]").click()
    own.reader.expect_page(2)
    expect(visit.page.locator("#own-paper-tab .paper-picker")).to_be_hidden()


@pytest.fixture(scope="module")
def client(served: Server) -> Iterator[Client]:
    client = Client(served.url, verbose=False)
    yield client
    client.close()


def test_other_programs_can_ask_some_papers_too(client: Client, library: Library) -> None:
    record = client.predict(MASKS["en"], api_name="/ask")
    assert {citation["paper"]["name"] for citation in record["citations"]} == {"paper.txt", "aid.txt"}
    for named in ("aid.txt", id_of(library, "aid.txt")[:8]):
        record = client.predict(MASKS["en"], papers=[named], api_name="/ask")
        assert {citation["paper"]["name"] for citation in record["citations"]} == {"aid.txt"}
    found = client.predict("glacier", paper="glacier.txt", api_name="/lookup")
    assert {sentence["paper"]["name"] for sentence in found["sentences"]} == {"glacier.txt"}
    records = client.predict([MASKS["en"], GLACIER_ASKED], api_name="/batch")
    assert [record["citations"][-1]["paper"]["name"] for record in records] == ["aid.txt", "glacier.txt"]


@pytest.mark.parametrize(
    ("endpoint", "given", "told"),
    [
        ("ask", {"question": "Kapan?", "papers": ["none.pdf"]}, 'No paper in the library is "none.pdf"'),
        ("ask", {"question": "Kapan?", "papers": "aid.txt"}, "papers has to be a list of texts, not str"),
        ("ask", {"question": "Kapan?", "papers": [7]}, "papers has to be a list of texts, and holds int"),
        ("lookup", {"text": "masks"}, "paper has to name the paper of the library"),
        ("lookup", {"text": "masks", "paper": "none.pdf"}, 'No paper in the library is "none.pdf"'),
        ("lookup", {"text": "masks", "paper": ["aid.txt"]}, "paper has to be text, not list"),
    ],
)
def test_what_names_no_paper_raises_one_line(
    client: Client, endpoint: str, given: dict[str, object], told: str
) -> None:
    with pytest.raises(AppError) as error:
        client.predict(**given, api_name=f"/{endpoint}")
    assert told in str(error.value)
    assert "\n" not in str(error.value)
