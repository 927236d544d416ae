from __future__ import annotations

import re
from importlib.metadata import PackageNotFoundError, version

import pytest

from benchmarks.conditions import first_processor, processor, versions

TWO = """processor\t: 0
model name\t: Some CPU 9000
flags\t\t: fpu avx512f avx512_vnni

processor\t: 1
model name\t: Some CPU 9000
flags\t\t: fpu avx512f avx512_vnni amx_tile
"""


def test_the_first_processor_is_named_with_its_extensions() -> None:
    assert first_processor(TWO) == ("Some CPU 9000", {"AVX512": True, "bf16": False, "VNNI": True, "AMX": False})


def test_a_processor_without_a_name_or_flags_is_named_by_its_kind() -> None:
    name, extensions = first_processor("processor\t: 0\nCPU part\t: 0xd0c\n")
    assert name
    assert not any(extensions.values())


def test_what_a_run_was_made_under() -> None:
    assert re.search(r", \d+ processors", processor())
    assert versions(["numpy", "bm25s"]) == f"numpy {version('numpy')}, bm25s {version('bm25s')}"
    with pytest.raises(PackageNotFoundError):
        versions(["no-such-package-of-anyone"])
