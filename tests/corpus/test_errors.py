"""Errors in two languages, and a lack of memory in the errors of libraries."""

from __future__ import annotations

import errno
import os
import pickle
from copy import copy

import pytest

from assistant import TopicError
from corpus import PaperError, TanyaError
from corpus.errors import is_lack_of_memory


@pytest.mark.parametrize("kind", [TanyaError, PaperError])
def test_an_error_is_told_in_either_language(kind: type[TanyaError]) -> None:
    error = kind("p.txt: empty", indonesian="p.txt: kosong")
    assert (str(error), error.in_language("en"), error.in_language("id")) == (
        "p.txt: empty",
        "p.txt: empty",
        "p.txt: kosong",
    )
    assert error.args == ("p.txt: empty",)


@pytest.mark.parametrize("error", [TanyaError("only this"), TopicError("x", ["aid", "economy"])])
def test_english_stands_in_for_indonesian(error: TanyaError) -> None:
    assert error.in_language("id") == error.in_language("en") == str(error) != ""


def test_a_copied_error_keeps_both_languages() -> None:
    error = PaperError("p.txt: empty", indonesian="p.txt: kosong")
    for again in (pickle.loads(pickle.dumps(error)), copy(error)):
        assert type(again) is PaperError
        assert (again.in_language("en"), again.in_language("id")) == ("p.txt: empty", "p.txt: kosong")


def test_an_error_is_one_line_whatever_it_tells() -> None:
    name = "a\nb\r\u2028c\x1b[2J\u202etxt\udc80\x00\u2067é\u200b😀"
    error = TanyaError(f"{name}: empty", indonesian=f"{name}: kosong")
    shown = "a b  c\ufffd[2J\ufffdtxt\ufffd\ufffd\ufffdé😀"
    assert (error.in_language("en"), error.in_language("id")) == (f"{shown}: empty", f"{shown}: kosong")


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        OSError(errno.ENOMEM, os.strerror(errno.ENOMEM)),
        RuntimeError("unable to mmap 470045872 bytes from file <model.safetensors>: Cannot allocate memory (12)"),
        RuntimeError("[enforce fail at alloc_cpu.cpp:127] err == 0. DefaultCPUAllocator: can't allocate memory: you"),
        RuntimeError("can't start new thread"),
        Exception("[ONNXRuntimeError] : 6 : RUNTIME_EXCEPTION : Failed to allocate memory for requested buffer"),
    ],
)
def test_a_lack_of_memory_is_known_however_it_is_said(error: Exception) -> None:
    assert is_lack_of_memory(error)


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "No space left"), RuntimeError("shapes"), ValueError("memory")]
)
def test_other_errors_are_none(error: Exception) -> None:
    assert not is_lack_of_memory(error)
