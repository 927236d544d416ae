from __future__ import annotations

import pytest

from benchmarks.peer_tools import NEAREST, TOOLS, Find, Tool
from index import e5_small

TEXTS = [
    "Sichuan memberikan 20.000 paket masker kepada Jawa Barat.",
    "Gubernur menandatangani nota kesepahaman di Chengdu.",
    "Vaksin tiba di Bandung pada bulan Januari.",
    "Penelitian ini menggunakan metode kualitatif.",
]


def find_in(tool: Tool, texts: list[str]) -> Find:
    try:
        index = tool.open(str(e5_small.model_folder()))
    except ModuleNotFoundError as error:
        pytest.skip(f"{tool.name} is not installed: {error}")
    index(["another text"] * NEAREST)
    return index(texts)


@pytest.mark.parametrize("tool", TOOLS, ids=lambda tool: tool.name)
def test_a_tool_finds_the_nearest_of_the_texts_that_it_indexed_last(tool: Tool) -> None:
    find = find_in(tool, TEXTS)
    for number, question in enumerate(("Berapa paket masker dari Sichuan?", "Siapa menandatangani nota kesepahaman?")):
        found = find(question)
        assert found[0] == number
        assert len(set(found)) == len(found) <= NEAREST
        assert set(found) <= set(range(len(TEXTS)))
