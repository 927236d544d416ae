"""The health check: whether the page can answer."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from functools import partial

import pytest

from corpus import TanyaError
from page.drawing.guarded_pages import GuardedPages
from tests.corpus.nasty import nested_groups
from tests.page.serving import Page, served
from tests.page.stand_ins import SmallAssistant, loader_by, run_to_end
from tests.page.visits import ROOT


class Steps:
    """Loads step by step."""

    def __init__(self) -> None:
        self.reached, self.go_on = threading.Event(), threading.Event()
        self.problem: Exception | None = None

    def load(self, report: object) -> SmallAssistant:
        for stage in ("model", "index"):
            report(stage, 0, 2)  # type: ignore[operator]
            self.reached.set()
            self.go_on.wait(30)
            self.go_on.clear()
        if self.problem:
            raise self.problem
        return SmallAssistant()

    def next(self) -> None:
        self.reached.clear()
        self.go_on.set()


@pytest.fixture
def steps() -> Steps:
    return Steps()


@pytest.fixture
def page(steps: Steps) -> Iterator[Page]:
    loader = loader_by(steps.load)
    with served("--rate", "1", loader=loader) as page:
        page.loader = loader  # type: ignore[attr-defined]
        yield page


def health(page: Page) -> tuple[int, object]:
    response = page.client.get("health")
    assert page.client.head("health").status_code == response.status_code
    assert response.headers["cache-control"] == "no-store"
    return response.status_code, response.json()


def to_the_end(page: Page, steps: Steps) -> None:
    loader = page.loader  # type: ignore[attr-defined]
    assert health(page) == (503, {"status": "starting"})
    ended = threading.Thread(target=run_to_end, args=[loader])
    ended.start()
    for stage in ("model", "index"):
        assert steps.reached.wait(30)
        assert health(page) == (503, {"status": stage})
        steps.next()
    ended.join(30)


def test_it_is_ready_once_it_can_answer_and_no_sooner(page: Page, steps: Steps) -> None:
    to_the_end(page, steps)
    assert health(page) == (200, {"status": "ready"})
    assert page.client.post("health").status_code == 405
    assert page.client.get("health/").status_code in (200, 307)


def test_that_it_never_will_be_is_told_in_one_line(page: Page, steps: Steps) -> None:
    steps.problem = TanyaError(f"{ROOT}/model is not a model")
    to_the_end(page, steps)
    assert health(page) == (503, {"status": "failed", "problem": "…/model is not a model"})


def test_it_is_told_at_once_while_a_page_is_drawn_that_takes_too_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("page.papers.document.GuardedPages", partial(GuardedPages, seconds=1))
    with served() as page, ThreadPoolExecutor(1) as pool:
        shown = pool.submit(page.dropped, page.part("own-file"), "slow.pdf", nested_groups())
        while not shown.done():
            assert page.client.get("health", timeout=1).json() == {"status": "ready"}
            time.sleep(0.05)
        assert "took longer than 1 s to draw" in shown.result().text
