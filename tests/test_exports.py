"""What a package gives to others can be imported from it."""

from __future__ import annotations

import inspect
import re
import sys
from collections.abc import Iterator
from types import ModuleType
from typing import Any

import pytest

import assistant
import corpus
import index
from corpus import TanyaError

PACKAGES: dict[str, ModuleType] = {package.__name__: package for package in (corpus, index, assistant)}


def exporter(found: type) -> Any:
    """Return the package that defines a class, None for a class that is not of the project."""
    return PACKAGES.get(found.__module__.partition(".")[0])


def given_by(thing: Any) -> Iterator[type]:
    """Yield the project's classes that a function returns, or the public fields, properties and methods of a class."""
    annotations = []
    if inspect.isfunction(thing):
        annotations.append(thing.__annotations__.get("return"))
    elif inspect.isclass(thing):
        annotations += [field for name, field in inspect.get_annotations(thing).items() if not name.startswith("_")]
        for name, member in vars(thing).items():
            function = getattr(member, "fget", None) or getattr(member, "func", None) or inspect.unwrap(member)
            if not name.startswith("_") and inspect.isfunction(function):
                annotations.append(function.__annotations__.get("return"))
    for name in re.findall(r"\w+", " ".join(map(str, annotations))):
        found = vars(sys.modules[thing.__module__]).get(name)
        if inspect.isclass(found) and exporter(found):
            yield found


def subclasses(parent: type[TanyaError]) -> Iterator[type[TanyaError]]:
    for child in parent.__subclasses__():
        yield child
        yield from subclasses(child)


@pytest.mark.parametrize("name", PACKAGES)
def test_what_a_package_gives_can_be_imported(name: str) -> None:
    exports = {export: getattr(PACKAGES[name], export) for export in PACKAGES[name].__all__}
    given = {(export, found) for export, thing in exports.items() for found in given_by(thing)}
    assert given
    assert {(export, found) for export, found in given if found.__name__ not in exporter(found).__all__} == set()


def test_every_error_can_be_imported() -> None:
    errors = {error for error in subclasses(TanyaError) if exporter(error) and not error.__name__.startswith("_")}
    assert len(errors) > 5
    assert {error for error in errors if error.__name__ not in exporter(error).__all__} == set()
    assert assistant.TanyaError is TanyaError


def test_what_is_not_there_is_an_error() -> None:
    with pytest.raises(AttributeError, match="'corpus' has no attribute 'none_such'"):
        getattr(corpus, "none_such")  # noqa: B009 mypy would not let it be written as an attribute
