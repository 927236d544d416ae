"""Loading an assistant in a thread: its progress, its end, and what goes wrong."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

import assistant
from corpus import TanyaError
from page.papers.loader import Loader, LoadingProgress
from tests.page.stand_ins import DOCUMENT, SmallAssistant, in_a_thread, loaded, loader_by, run_to_end


def test_watching_tells_each_step_once_to_the_end() -> None:
    seen = threading.Semaphore(0)

    def load(report: Any) -> SmallAssistant:
        for done in (1, 2):
            report("index", done, 2)
            seen.acquire(timeout=5)
        return SmallAssistant()

    loader = loader_by(load)

    async def watch() -> list[LoadingProgress]:
        steps = []
        async for progress in loader.watch():
            steps.append(progress)
            if progress.stage == "starting":
                loader.start()
            else:
                seen.release()
        return steps

    expected = [
        LoadingProgress("starting"),
        LoadingProgress("index", 1, 2),
        LoadingProgress("index", 2, 2),
        LoadingProgress("ready"),
    ]
    assert in_a_thread(watch()) == expected
    assert in_a_thread(watch()) == expected[-1:]


def test_the_papers_own_assistant_is_loaded(monkeypatch: pytest.MonkeyPatch) -> None:
    small: Any = SmallAssistant()

    def load(paper: object, progress: Any) -> Any:
        assert paper is DOCUMENT.paper
        progress("model", 0, 1)
        return small

    monkeypatch.setattr(assistant.Assistant, "load", load)
    loader = Loader(DOCUMENT)
    run_to_end(loader)
    assert loader.ready is small
    assert in_a_thread(loader.assistant()) is small


def test_before_it_is_there_the_assistant_can_only_be_waited_for() -> None:
    loading = Loader(DOCUMENT)
    assert not loading.finished
    with pytest.raises(TanyaError):
        _ = loading.ready


@pytest.mark.parametrize(
    ("error", "in_english", "in_indonesian"),
    [
        (TanyaError("no weights", indonesian="tidak ada bobot"), "no weights", "tidak ada bobot"),
        (OSError("disk"), "OSError: disk", "OSError: disk"),
    ],
)
def test_failed_loading_is_told(error: Exception, in_english: str, in_indonesian: str) -> None:
    def fail(report: object) -> None:
        raise error

    loader = loaded(fail)
    assert loader.finished
    assert loader.progress.stage == "failed"
    assert (loader.progress.in_language("en"), loader.progress.in_language("id")) == (in_english, in_indonesian)
    for _ in range(2):
        with pytest.raises(TanyaError, match=in_english):
            in_a_thread(loader.assistant())
    assert loader.progress.problem
    assert loader.progress.problem.__traceback__ is None  # it would hold what each visitor asked


def test_why_the_model_is_missing_is_told_without_its_place() -> None:
    folder = Path(__file__).parent

    def fail(report: object) -> None:
        raise TanyaError(f"{folder}/model is not a model; set TANYA_CACHE", indonesian=f"{folder}/model bukan model")

    progress = loaded(fail).progress
    assert progress.in_language("en") == "…/model is not a model; set TANYA_CACHE"
    assert progress.in_language("id") == "…/model bukan model"

    def break_down(report: object) -> None:
        raise FileNotFoundError(2, "No such file or directory", f"{folder}/x.bin")

    assert loaded(break_down).progress.in_language("en") == (
        "FileNotFoundError: [Errno 2] No such file or directory: '…/x.bin'"
    )


def test_loading_that_is_given_up_ends_at_its_next_step() -> None:
    steps: list[int] = []

    def load(report: Any) -> SmallAssistant:
        for done in range(3):
            report("index", done, 3)
            steps.append(done)
            given_up.give_up()
        return SmallAssistant()

    given_up = loader_by(load)
    run_to_end(given_up)
    assert steps == [0]
    assert given_up.finished
    assert [given_up.progress.in_language(of) for of in ("id", "en")] == ["Dibatalkan.", "Cancelled."]


def test_loading_that_is_given_up_during_a_report_is_cancelled(monkeypatch: pytest.MonkeyPatch) -> None:
    def given_up_meanwhile(*step: Any) -> LoadingProgress:
        loader.give_up()
        return LoadingProgress(*step)

    def load(report: Any) -> SmallAssistant:
        monkeypatch.setattr("page.papers.loader.LoadingProgress", given_up_meanwhile)
        report("index", 1, 2)
        return SmallAssistant()

    loader = loader_by(load)
    run_to_end(loader)
    assert loader.progress.in_language("en") == "Cancelled."


def test_while_it_is_renewed_the_former_assistant_answers() -> None:
    loader = loaded()
    former: Any = loader.ready
    newer: Any = SmallAssistant()
    asked: list[Any] = []

    def renewed(old: Any) -> Any:
        asked.append((old, loader.ready))
        return newer

    in_a_thread(loader.renew(renewed))
    assert asked == [(former, former)]
    assert loader.ready is newer
