"""What the README and the pages in docs/ say: their links, the paths they name, and the README's example."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import tanya
from assistant import Assistant

ROOT = Path(__file__).parents[1]
README = ROOT / "README.md"
ANSWERING = ROOT / "docs" / "how-it-answers.md"
PAGES = (README, ROOT / "SECURITY.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").glob("*.md")))

FENCED = re.compile(r"^```.*?^```|^    .*?$", re.DOTALL | re.MULTILINE)
LINK = re.compile(r"\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)")
CODE = re.compile(r"`([^`\n]+)`")
DIAGRAM = re.compile(r"^```mermaid$.*?^```$", re.DOTALL | re.MULTILINE)
MODULE = re.compile(r"\w+(?:/\w+)*\.py")
# A path has a folder, or the ending of a file of the project. What starts with "/" is a path of the server's.
PATH = re.compile(r"[\w.*-]+/[\w./*-]*|[\w*-]+\.(?:css|js|json|jsonl|lock|md|py|toml|txt)")


def text_of(page: Path) -> str:
    """Return what a page says outside of its blocks of code."""
    return FENCED.sub("", page.read_text(encoding="utf-8"))


def anchors(page: Path) -> set[str]:
    """Return the anchors of a page's headings, as GitHub makes them."""
    headings = re.findall(r"^#+ (.*)$", text_of(page), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", heading.lower()).replace(" ", "-") for heading in headings}


def links(page: Path) -> list[tuple[str, str]]:
    """Return the path and the anchor of each relative link."""
    return LINK.findall(text_of(page))


def named_paths(page: Path) -> list[str]:
    """Return the paths in backticks, but for those that installing makes, and the modules in diagrams."""
    paths = [code for code in CODE.findall(text_of(page)) if PATH.fullmatch(code) and not code.startswith(".venv/")]
    return paths + MODULE.findall("".join(DIAGRAM.findall(page.read_text(encoding="utf-8"))))


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_link_leads_somewhere(page: Path) -> None:
    for path, anchor in links(page):
        target = (page.parent / path).resolve() if path else page
        assert target.exists(), path
        assert not anchor or anchor in anchors(target), f"{path}#{anchor}"


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_every_path_that_is_named_exists(page: Path) -> None:
    assert [path for path in named_paths(page) if not any(ROOT.glob(path))] == []


def test_links_and_paths_are_found() -> None:
    assert ("docs/using.md", "install") in links(README)
    assert "tests/test_lock.py" in named_paths(ROOT / "SECURITY.md")
    assert "index/fusion.py" in MODULE.findall("".join(DIAGRAM.findall(ANSWERING.read_text(encoding="utf-8"))))
    assert "requirements*.lock" in named_paths(ROOT / "SECURITY.md")


def test_readme_is_short() -> None:
    assert len(README.read_text(encoding="utf-8").split()) < 1200


def test_readme_names_every_command() -> None:
    commands = [command for group in tanya.GROUPS for command in group.commands]
    assert sorted(re.findall(r"^\| `tanya (\w+)", text_of(README), re.MULTILINE)) == sorted(commands)


def test_readme_s_example_runs(
    assistant: Assistant, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    (example,) = re.findall(r"```python\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    monkeypatch.setattr(Assistant, "load", lambda: assistant)
    exec(compile(example, README.name, "exec"), {})
    status, short, *_ = capsys.readouterr().out.splitlines()
    assert status == "answered"
    assert f'# "{short}"' in example
