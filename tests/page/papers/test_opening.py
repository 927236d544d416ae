"""A visitor's own paper on the server: opened in one session alone, asked and closed; and files that are no papers."""

from __future__ import annotations

from collections.abc import Iterator

import gradio as gr
import pytest

from corpus import LANGUAGES, Language, TanyaError, read_paper
from page.papers import workspace
from page.papers.desks import Desks
from page.papers.document import Document
from page.papers.loader import Loader, LoadingProgress
from page.papers.opening import Opening
from page.papers.workspace import Workspace
from page.ui_text import label
from tests.page.serving import Page, served
from tests.page.stand_ins import DOCUMENT, Html, laid_out, loader_by
from tests.waits import wait_until

SHIPS, GLACIER = b"Kapal yang diteliti berjumlah 37 buah.", b"Gletser itu mundur sejauh 93 meter."
QUESTION = "Berapa kapal?"


@pytest.fixture(scope="module")
def desks() -> Desks:
    return Desks()


@pytest.fixture(scope="module")
def page(desks: Desks) -> Iterator[Page]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(workspace, "Desks", lambda: desks)
        with served("--rate", "0") as page:
            yield page


@pytest.fixture
def session(request: pytest.FixtureRequest, page: Page, desks: Desks) -> Iterator[str]:
    """Give a session of its own; at its end no upload is left, and its paper is closed."""
    session = request.node.name
    yield session
    assert page.uploads == []
    desks.close(session)


def digest(name: str, data: bytes) -> str:
    return read_paper(name, data).digest


def given(page: Page, session: str, name: str, data: bytes) -> str:
    (path,) = page.upload(name, data).json()
    return page.given(page.part("own-file"), path, session).text


def asked(page: Page, session: str, at: str) -> str:
    return page.sent_event(page.part("question"), "submit", [None, at, QUESTION, []], session).text


def open_in(desks: Desks, session: str) -> str:
    desk = desks.find(session)
    return desk.loader.document.paper.name if desk and desk.loader else ""


def test_it_is_opened_and_asked_in_its_session_alone(page: Page, desks: Desks, session: str) -> None:
    text = given(page, session, "kapal.txt", SHIPS)
    at = digest("kapal.txt", SHIPS)
    assert at in text
    assert open_in(desks, session) == "kapal.txt"
    desks.loader(session).start()  # which the browser asks for once it shows the paper
    assert f"kapal.txt: {QUESTION}" in asked(page, session, at)
    assert f"Jawab: {QUESTION}" in asked(page, session, "")
    stranger = asked(page, "stranger", at)
    assert label("own_lost", "en") in stranger
    assert "Jawab" not in stranger


def test_another_takes_its_place(page: Page, desks: Desks, session: str) -> None:
    given(page, session, "kapal.txt", SHIPS)
    given(page, session, "gletser.txt", GLACIER)
    assert open_in(desks, session) == "gletser.txt"
    assert label("own_lost", "en") in asked(page, session, digest("kapal.txt", SHIPS))


def test_closing_it_goes_back_to_the_pages_own(page: Page, desks: Desks, session: str) -> None:
    given(page, session, "kapal.txt", SHIPS)
    text = page.sent_event(page.part("bar"), "click", [None, digest("kapal.txt", SHIPS)], session, do="close").text
    assert label("own_gone", "en") in text
    assert label("bundled_name", "en") in text
    assert open_in(desks, session) == ""
    assert label("own_lost", "en") in asked(page, session, digest("kapal.txt", SHIPS))


def test_who_leaves_closes_it(page: Page, desks: Desks, session: str) -> None:
    given(page, session, "kapal.txt", SHIPS)
    with page.client.stream("GET", f"gradio_api/heartbeat/{session}") as line:
        next(line.iter_raw())
    wait_until(lambda: open_in(desks, session) == "")


BAD: dict[str, tuple[bytes, dict[Language, str]]] = {
    "kosong.txt": (b"", {"id": "berkas ini kosong", "en": "the file is empty"}),
    "latin.txt": ("Kafé itu.".encode("latin-1"), {"id": "bukan teks UTF-8", "en": "not UTF-8 text"}),
    "rusak.pdf": (b"%PDF-1.4\nrubbish\n" * 9 + b"%%EOF\n", {"id": "PDF ini rusak", "en": "the PDF is damaged"}),
    "judul.txt": (b"PENDAHULUAN\n\nMETODE\n\nHASIL\n", {"id": "hanya judul-judul bagian", "en": "only headings"}),
    "surat.docx": (b"PK\x03\x04\x14\0\x06\0", {"id": "berkas ini rusak", "en": "the file is damaged"}),
    "besar.txt": (b"Kata. " * 3_333_334, {"id": "lebih dari 20 MB", "en": "more than 20 MB"}),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_is_no_paper_is_said_in_a_line_and_changes_nothing(
    page: Page, desks: Desks, session: str, language: Language
) -> None:
    given(page, session, "kapal.txt", SHIPS)
    page.client.headers["accept-language"] = language
    for name, (data, problems) in BAD.items():
        text = given(page, session, name, data)
        assert f"{name}: " in text
        assert problems[language] in text
        assert "Traceback" not in text
        assert open_in(desks, session) == "kapal.txt"
        assert page.uploads == []
    del page.client.headers["accept-language"]


class TestStatus:
    """How far a paper has come, as the page shows it."""

    def shown(self, progress: LoadingProgress, language: Language, base: Loader) -> Html:
        with laid_out():
            opening = Opening(Workspace(base), gr.Textbox(), gr.HTML())
        loader = Loader(Document(read_paper("<b>.txt", SHIPS)))
        loader.progress = progress
        return Html(opening._progress_of(loader, language))

    @pytest.mark.parametrize("language", LANGUAGES)
    @pytest.mark.parametrize(
        ("progress", "base", "key"),
        [
            (LoadingProgress("starting"), LoadingProgress("model"), "own_model"),
            (LoadingProgress("starting"), LoadingProgress("ready"), "own_line"),
            (LoadingProgress("index", 1, 4), LoadingProgress("ready"), "own_indexing"),
            (LoadingProgress("ready"), LoadingProgress("ready"), "own_ready"),
        ],
    )
    def test_each_stage_is_told_with_the_papers_name(
        self, progress: LoadingProgress, base: LoadingProgress, key: str, language: Language
    ) -> None:
        loader = loader_by(lambda report: None)
        loader.progress = base
        html = self.shown(progress, language, loader)
        assert html.text == f"{label(key, language)} <b>.txt"
        bars = html.having("max")
        assert [(bar["max"], bar["value"]) for bar in bars] == [("4", "1")] * (progress.total > 0)
        assert [each["role"] for each in html.having("role")] == ["status"]

    @pytest.mark.parametrize("language", LANGUAGES)
    def test_what_went_wrong_is_told(self, language: Language) -> None:
        problem = TanyaError("no <room>", indonesian="tidak ada <tempat>")
        html = self.shown(LoadingProgress("failed", problem=problem), language, Loader(DOCUMENT))
        assert html.text == f"{problem.in_language(language)}✕"
        assert [each["role"] for each in html.having("role")] == ["alert"]
