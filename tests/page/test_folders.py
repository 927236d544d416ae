"""Messages to visitors name no folder of this machine."""

from __future__ import annotations

import pytest

from corpus import TanyaError
from page.folders import for_everyone, without_folders


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("The index in /srv/tanya/index cannot be used", "The index in …/index cannot be used"),
        ("see https://example.org/a/b or 1/2/3", "see https://example.org/a/b or 1/2/3"),
        ("/a", "/a"),
        ("'/a/b c' and \"/d/e\"", "'…/b c' and \"…/e\""),
        ("id/en, and/or", "id/en, and/or"),
        ("", ""),
    ],
)
def test_of_a_path_its_last_name_is_told(text: str, shown: str) -> None:
    assert without_folders(text) == shown
    assert for_everyone(TanyaError(text)).in_language("id") == shown


def test_a_home_with_a_space_is_no_exception(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HOME", "/home/Ana Maria")
    assert without_folders("/home/Ana Maria/.cache/tanya/x is full") == "…/x is full"
