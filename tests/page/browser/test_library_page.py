"""The page of a library: which papers are asked, quoted, opened and added."""

from __future__ import annotations

import csv
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError
from playwright.sync_api import Browser, FilePayload, Locator, expect

from corpus.library import BUNDLED, Library
from page.ui_text import STARTERS, label
from tests.page.browser.paper_files import GLACIER, HARBOUR, OwnPaper, pdf
from tests.page.browser.reader_driver import ReaderPart
from tests.page.browser.test_accessibility import check
from tests.page.visits import OTHER_SCREENS, SCREENS, Server, Visit, Visits, one_now

AID = (
    "Abstract\n\nThis paper compares mask donations between sister cities. Sichuan sent 22,000 packs of masks to "
    "partner provinces in 2020.\n\nMethod\n\nWe coded 112 press releases of city governments."
)
TEXTS = {"glacier.txt": GLACIER, "aid.txt": AID, "gone.txt": "The lighthouse of Kupang was built of coral in 1911."}
MASKS = {"id": "Berapa paket masker yang dikirim Sichuan?", "en": "How many packs of masks did Sichuan send?"}
GLACIER_ASKED = "By how much did the tongue of the Okapi glacier retreat?"
ENGLISH, INDONESIAN = OTHER_SCREENS[1], SCREENS[0]
SUFFIXES = ("md", "json", "bib", "ris", "txt", "apa.txt")


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
    """Serve the page over the library, of which a paper is removed once all are known, before anybody opens it.

    What is open already stays so.
    """
    server = Server("--library", str(library.folder))
    client = Client(server.url, verbose=False)
    client.predict(MASKS["en"], papers=["aid.txt"], api_name="/ask")  # which waits until the library is known
    client.close()
    library.remove("gone.txt")
    yield server
    server.close()


@pytest.fixture(scope="module")
def library_visits(served: Server, browser: Browser) -> Iterator[Visits]:
    """Give a function that opens the page in a tab for several tests, which is closed before the server is."""
    visits = Visits(browser)
    yield visits
    visits.close()


@pytest.fixture(scope="module", params=one_now([*reversed(SCREENS), *OTHER_SCREENS]))
def everywhere(request: pytest.FixtureRequest, library_visits: Visits, served: Server) -> Visit:
    """Open the page on a phone in English, and among the tests that take minutes on the other screens."""
    visit = library_visits(served, **request.param._asdict())
    visit.wait_until_ready()
    return visit


@pytest.fixture(scope="module")
def wide(library_visits: Visits, served: Server) -> Visit:
    """Open the page on a wide screen, in English."""
    visit = library_visits(served, **ENGLISH._asdict())
    visit.wait_until_ready()
    return visit


@pytest.fixture
def anywhere(everywhere: Visit) -> Iterator[Visit]:
    """Give the page on any screen, in a new conversation in which all papers are asked."""
    yield from begun(everywhere)


@pytest.fixture
def visit(wide: Visit) -> Iterator[Visit]:
    """Give the page on a wide screen, in a new conversation in which all papers are asked."""
    yield from begun(wide)


def begun(visit: Visit) -> Iterator[Visit]:
    visit.page.keyboard.press("Escape")
    visit.open_view("ask")
    visit.begin()
    ask_all(visit)
    yield visit
    visit.expect_no_fault()


def pick(visit: Visit, *names: str) -> None:
    """Pick papers that are to be asked alone."""
    for name in names:
        visit.page.locator("#papers-asked input").click()
        visit.page.get_by_role("option", name=name).click()
    visit.box.click()
    expect(picked(visit)).to_have_count(len(names))


def picked(visit: Visit) -> Locator:
    return visit.page.locator("#papers-asked .token")


def ask_all(visit: Visit) -> None:
    """Pick no paper any more."""
    for left in reversed(range(picked(visit).count())):
        picked(visit).first.locator(".token-remove").click()
        expect(picked(visit)).to_have_count(left)


def asked_papers(visit: Visit) -> set[str]:
    """Return the ids of the papers that the newest answer has markers of."""
    return {marker.get_attribute("data-paper") or "" for marker in visit.answers.last.locator(".cite").all()}


def id_of(library: Library, name: str) -> str:
    return next(entry.id for entry in library.entries() if entry.name == name)


def test_the_first_screen_lists_the_papers(anywhere: Visit) -> None:
    page, language = anywhere.page, anywhere.language
    expect(page.locator("#paper-menu .name")).to_have_text(label("library", language))
    expect(page.locator("#first .note").first).to_have_text(f"5 {label('papers', language)}")
    names = page.locator("#first .library li")
    expect(names).to_have_text([label("bundled_name", language), "aid.txt", "glacier.txt", "gone.txt", "harbour.pdf"])
    expect(anywhere.starters).to_have_text(STARTERS["library"][language])
    expect(page.locator("#views").locator("[data-view=findings], [data-view=glossary]")).to_have_count(0)
    expect(page.locator("[data-add-file], #add-file")).to_have_count(0)  # nobody said that visitors may
    names.nth(2).locator("[data-show]").click()
    expect(ReaderPart(page).paper).to_have_value("glacier.txt")
    expect(page.locator("#sheets")).to_contain_text("Okapi glacier")
    check(anywhere)


def test_all_papers_are_asked_and_each_quote_opens_in_its_own(anywhere: Visit, library: Library) -> None:
    page, language = anywhere.page, anywhere.language
    anywhere.ask(MASKS[language])
    papers = {label("bundled_name", language): BUNDLED, "aid.txt": id_of(library, "aid.txt")}
    assert asked_papers(anywhere) == set(papers.values())
    lines = anywhere.answers.last.locator(".by-paper li")
    expect(lines).to_have_count(2)
    check(anywhere)
    assert set(lines.locator(".paper").all_inner_texts()) == set(papers)
    reader = ReaderPart(page)
    for line in lines.all():
        name = line.locator(".paper").inner_text()
        marker = line.locator(".cite").first
        start, end = (int(marker.get_attribute(f"data-{edge}") or 0) for edge in ("start", "end"))
        assert marker.get_attribute("data-paper") == papers[name]
        paper = library.paper(papers[name])
        marker.click()
        expect(reader.paper).to_have_value(name)
        reader.expect_page(next(sentence.page for sentence in paper.sentences if sentence.start == start))
        reader.expect_marked(paper.text[start:end])
        assert page.evaluate("document.documentElement.scrollWidth") == page.evaluate("innerWidth")
        if reader.back.is_visible():
            reader.back.click()
            expect(marker).to_be_focused()


def test_only_the_picked_papers_are_asked(anywhere: Visit, library: Library) -> None:
    pick(anywhere, "aid.txt")
    assert "22,000" in anywhere.ask(MASKS["en"])
    assert asked_papers(anywhere) == {id_of(library, "aid.txt")}
    expect(anywhere.answers.last.locator(".reply > .paper")).to_have_text("aid.txt")
    ask_all(anywhere)
    pick(anywhere, "glacier.txt", "harbour.pdf")
    assert anywhere.ask(MASKS["en"]).startswith("I did not find this in any of the papers.")
    assert asked_papers(anywhere) <= {id_of(library, name) for name in ("glacier.txt", "harbour.pdf")}
    expect(anywhere.answers.last.locator("[data-cite]")).to_have_count(0)


def test_another_paper_can_be_picked_to_read(visit: Visit) -> None:
    reader = ReaderPart(visit.page)
    reader.search.fill("masker")
    expect(reader.results.first).to_be_visible()
    reader.paper.click()
    visit.page.get_by_role("option", name="harbour.pdf").click()
    reader.expect_page(1)
    expect(reader.count).to_have_text("/ 3")
    expect(reader.search).to_have_value("")
    expect(reader.marks).to_have_count(0)
    reader.search.fill("tongkol")
    expect(reader.results).to_have_count(1)
    reader.results.click()
    reader.expect_page(2)
    expect(reader.boxes.first).to_be_visible()
    assert "tongkol" in reader.marked


def test_what_is_taken_away_names_each_paper(visit: Visit, tmp_path: Path) -> None:
    visit.ask(MASKS["en"])
    visit.answers.locator("[data-copy]").first.click()
    visit.page.wait_for_function("navigator.clipboard.readText().then((text) => text.includes('aid.txt'))")
    assert visit.ask("How tall is Mount Everest?").startswith("I did not find this in any of the papers.")
    files = {}
    for suffix in SUFFIXES:
        with visit.page.expect_download() as started:
            visit.choose(f"[data-save='{suffix}']")
        assert started.value.suggested_filename == f"{label('file_name', 'en')}.{suffix}"
        started.value.save_as(tmp_path / suffix)
        files[suffix] = (tmp_path / suffix).read_text(encoding="utf-8")
    for text in files.values():
        assert "aid" in text
        assert "10.23969/transborders.v5i1.4733" in text
    record = json.loads(files["json"])
    assert record["paper"] is None
    assert {c["paper"]["name"] for c in record["turns"][0]["answer"]["citations"]} == {"paper.txt", "aid.txt"}


@pytest.mark.long
def test_a_link_asks_all_papers_and_the_conversation_stays(visits: Visits, served: Server, library: Library) -> None:
    visit = visits(served, **INDONESIAN._asdict(), query=f"?q={GLACIER_ASKED.replace(' ', '+')}")
    visit.wait_until_ready()
    assert "93 metres" in visit.wait_for_answer(1)
    visit.reload()
    expect(visit.questions).to_have_text([GLACIER_ASKED])
    assert asked_papers(visit) == {id_of(library, "glacier.txt")}
    visit.begin()  # by a menu that lies over the picker of papers


def test_every_paper_is_asked_one_question(anywhere: Visit, tmp_path: Path) -> None:
    page, language = anywhere.page, anywhere.language
    anywhere.open_view("table")
    question = page.locator("#table-question textarea")
    question.fill("?!")
    page.locator("#table-start").click()
    expect(page.locator("#table-problem").get_by_role("alert")).to_be_visible()
    question.fill(MASKS[language])
    question.press("Enter")
    state = page.locator("#table-state").get_by_role("status")
    expect(state).to_have_text(label("table_done", language, name=MASKS[language]), timeout=60_000)
    rows = page.locator("#table-rows [role=row]:has([role=gridcell])")
    expect(rows).to_have_count(5)  # the one that was removed has a row, too
    gone = rows.filter(has_text="gone.txt").get_by_role("gridcell")
    expect(gone.nth(1)).to_have_text(label("batch_error", language))
    aid = rows.filter(has_text="aid.txt").get_by_role("gridcell").all_inner_texts()
    assert aid[1] == label("batch_answered", language)
    assert "22,000" in aid[2]
    assert aid[3] == f"{label('page', language)} 1"
    assert rows.filter(has_text=label("bundled_name", language)).count() == 1
    check(anywhere)
    with page.expect_download() as started:
        page.locator("#table-csv").click()
    assert started.value.suggested_filename == f"{label('table_file_name', language)}.csv"
    started.value.save_as(tmp_path / "table.csv")
    with (tmp_path / "table.csv").open(encoding="utf-8", newline="") as lines:
        saved = {row["file"]: row for row in csv.DictReader(lines)}
    assert list(saved) == ["aid.txt", "glacier.txt", "gone.txt", "harbour.pdf", "paper.txt"]
    assert "22,000" in saved["aid.txt"]["short_answer"]


@pytest.mark.long
def test_a_paper_of_ones_own_stands_beside_the_library(visits: Visits, served: Server) -> None:
    visit = visits(served, **INDONESIAN._asdict())
    visit.wait_until_ready()
    own = OwnPaper(visit)
    own.open("pelabuhan.pdf", pdf(HARBOUR))
    assert "812 kilogram" in visit.ask("Berapa tangkapan ikan tongkol?")
    own.reader.expect_page(2)
    expect(visit.answers.locator(".paper")).to_have_count(0)
    expect(own.reader.paper).to_be_hidden()
    expect(visit.page.locator("#views [data-view=table]")).to_have_count(0)
    own.close()
    expect(own.name).to_have_text(label("library", "id"))
    expect(own.reader.paper).to_be_visible()
    expect(visit.questions).to_have_count(0)


@pytest.mark.long
def test_a_paper_that_is_removed_meanwhile_is_named_as_lost_and_the_rest_answers(
    visits: Visits, served: Server
) -> None:
    visit = visits(served, **ENGLISH._asdict())
    visit.wait_until_ready()
    reader = ReaderPart(visit.page)
    reader.expect_page(1)
    reader.paper.click()
    visit.page.get_by_role("option", name="gone.txt").click()
    expect(reader.pane.get_by_role("alert")).to_have_text(label("paper_lost", "en"))
    expect(visit.page.get_by_role("option")).to_have_count(0)  # the list folds up
    pick(visit, "gone.txt")
    assert "No paper in the library is" in visit.ask("When was the lighthouse of Kupang built?")
    ask_all(visit)
    visit.box.fill("")
    assert "93 metres" in visit.ask(GLACIER_ASKED)
    assert not [line for line in served.errors if "Traceback" in line]


@pytest.fixture(scope="module")
def open_library(tmp_path_factory: pytest.TempPathFactory) -> Library:
    """Give a library of one small paper, to which others may be added."""
    folder = tmp_path_factory.mktemp("open")
    (folder / "aid.txt").write_text(AID, encoding="utf-8")
    library = Library(folder / "library")
    assert [outcome.change for outcome in library.add([folder / "aid.txt"])] == ["added"]
    return library


@pytest.fixture(scope="module")
def open_served(no_network: None, open_library: Library) -> Iterator[Server]:
    """Serve the page over a library that visitors may add papers to."""
    server = Server("--library", str(open_library.folder), "--add")
    yield server
    server.close()


def test_a_paper_that_is_added_from_the_page_can_be_asked_at_once(
    open_served: Server, open_library: Library, visits: Visits
) -> None:
    visit = visits(open_served, **ENGLISH._asdict())
    visit.wait_until_ready()
    page, reader = visit.page, ReaderPart(visit.page)
    status = page.locator("#own-status")
    assert "93 metres" not in visit.ask(GLACIER_ASKED)
    visit.begin()
    expect(reader.paper).to_be_hidden()
    expect(page.locator("#papers-asked")).to_be_hidden()

    with page.expect_file_chooser() as chooser:
        visit.choose("[data-add-file]")
    given: list[FilePayload] = [
        {"name": "glacier.txt", "mimeType": "text/plain", "buffer": GLACIER.encode()},
        {"name": "kosong.txt", "mimeType": "text/plain", "buffer": b""},
    ]
    chooser.value.set_files(given)
    expect(status.get_by_role("status")).to_have_text(label("library_added", "en", name="glacier.txt"), timeout=60_000)
    expect(status.get_by_role("alert")).to_have_text(re.compile(r"^kosong\.txt: "))
    assert {entry.name for entry in open_library.entries()} == {"aid.txt", "glacier.txt"}
    assert [open_served.uploads(each["name"]) for each in given] == [[], []]

    expect(page.locator("#first .library li")).to_have_text(["aid.txt", "glacier.txt"])
    assert "93 metres" in visit.ask(GLACIER_ASKED)
    reader.expect_marked("Its tongue retreated by 93 metres between 1998 and 2019.")
    expect(reader.paper).to_have_value("glacier.txt")
    pick(visit, "aid.txt")
    assert "93 metres" not in visit.ask(GLACIER_ASKED)

    other = visits(open_served, **ENGLISH._asdict())  # who comes later finds it in the pickers, too
    other.wait_until_ready()
    pick(other, "glacier.txt")
    assert "93 metres" in other.ask(GLACIER_ASKED)


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
    ("endpoint", "given", "message"),
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
    client: Client, endpoint: str, given: dict[str, object], message: str
) -> None:
    with pytest.raises(AppError) as error:
        client.predict(**given, api_name=f"/{endpoint}")
    assert message in str(error.value)
    assert "\n" not in str(error.value)
