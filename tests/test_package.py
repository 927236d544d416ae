"""The wheel that is built of the project, which is what users install."""

from __future__ import annotations

import shutil
import subprocess
import sys
from email.parser import Parser
from zipfile import ZipFile

import pytest
from packaging.requirements import Requirement

from tests.test_lock import ROOT, requirements

PACKAGES = ("corpus", "index", "assistant", "page")
MODULES = ("tanya.py", "ui.py")
BUILD = "from setuptools.build_meta import build_wheel; build_wheel('.')"


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> ZipFile:
    """Build a wheel of a copy of the project, since building leaves files in the folder where it is done."""
    folder = tmp_path_factory.mktemp("project")
    for package in (*PACKAGES, "tests"):  # tests lie beside the packages, and are not to be installed
        shutil.copytree(ROOT / package, folder / package, ignore=shutil.ignore_patterns("__pycache__"))
    for name in (*MODULES, "pyproject.toml", "README.md", "LICENSE", "requirements.txt", "requirements-cluster.txt"):
        shutil.copy(ROOT / name, folder)
    subprocess.run([sys.executable, "-c", BUILD], cwd=folder, capture_output=True, check=True)
    (built,) = folder.glob("tanya-*.whl")
    return ZipFile(built)


def test_every_file_of_the_packages_is_in_it_and_no_other(wheel: ZipFile) -> None:
    files = {path for package in PACKAGES for path in (ROOT / package).rglob("*") if path.is_file()}
    expected = {path.relative_to(ROOT).as_posix() for path in files if "__pycache__" not in path.parts}
    assert {name for name in wheel.namelist() if ".dist-info/" not in name} == expected | set(MODULES)


def test_it_requires_what_the_requirements_say(wheel: ZipFile) -> None:
    metadata = Parser().parsestr(_of_info(wheel, "METADATA"))
    required = {Requirement(line) for line in metadata.get_all("Requires-Dist", [])}
    assert {one for one in required if not one.marker} == set(requirements("requirements.txt"))
    cluster = {Requirement(f"{one}; extra == 'cluster'") for one in requirements("requirements-cluster.txt")}
    assert {one for one in required if one.marker} == cluster


def test_it_brings_the_command(wheel: ZipFile) -> None:
    assert "tanya = tanya:main" in _of_info(wheel, "entry_points.txt").splitlines()


@pytest.mark.parametrize("package", PACKAGES)
def test_its_packages_say_that_they_have_types(wheel: ZipFile, package: str) -> None:
    assert f"{package}/py.typed" in wheel.namelist()


def _of_info(wheel: ZipFile, name: str) -> str:
    (path,) = (path for path in wheel.namelist() if path.endswith(f".dist-info/{name}") and path.count("/") == 1)
    return wheel.read(path).decode()
