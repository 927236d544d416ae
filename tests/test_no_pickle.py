"""Nothing is read that could run a program of its own: no pickle, and nothing that is one under another name."""

from __future__ import annotations

import ast
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]

UNPICKLERS = {"pickle", "cPickle", "_pickle", "cloudpickle", "dill", "joblib", "shelve", "marshal", "jsonpickle"}


def sources() -> list[Path]:
    """Return the project's own Python files, and no others that may lie beside them."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard", "*.py"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    if listed.returncode:  # no checkout, but a copy
        folders = ("corpus", "index", "assistant", "page", "training", "benchmarks")
        return [
            ROOT / "tanya.py",
            ROOT / "ui.py",
            *(path for folder in folders for path in (ROOT / folder).rglob("*.py")),
        ]
    return [ROOT / line for line in listed.stdout.splitlines() if (ROOT / line).is_file()]


def unpickled(code: str) -> list[str]:
    """Return what in some code unpickles, or may."""
    found = []
    for node in ast.walk(ast.parse(code)):
        modules: list[str] = []
        if isinstance(node, ast.Import):
            modules = [name.name for name in node.names]
        elif isinstance(node, ast.ImportFrom):
            modules = [f"{node.module}", *(f"{node.module}.{name.name}" for name in node.names)]
        found += [module for module in modules if UNPICKLERS & set(module.split("."))]
        if isinstance(node, ast.Call):
            found += _unpickled_by(node)
    return found


def _unpickled_by(call: ast.Call) -> list[str]:
    name = ast.unparse(call.func)
    given = {keyword.arg: ast.unparse(keyword.value) for keyword in call.keywords}
    if given.get("allow_pickle", "False") != "False":
        return [f"{name}(allow_pickle=...)"]
    if name == "torch.load" and given.get("weights_only") != "True":
        return ["torch.load"]
    if name.rpartition(".")[2] in ("read_pickle", "to_pickle", "import_module", "__import__"):
        arguments = [ast.unparse(argument).strip("'\"") for argument in call.args]
        if "pickle" in name or UNPICKLERS & set(arguments):
            return [name]
    return []


def test_the_project_s_own_source_unpickles_nothing() -> None:
    files = [path for path in sources() if "tests" not in path.relative_to(ROOT).parts]
    assert ROOT / "ui.py" in files
    assert len(files) > 60
    found = {path.relative_to(ROOT).as_posix(): unpickled(path.read_text("utf-8")) for path in files}
    assert {path: modules for path, modules in found.items() if modules} == {}


@pytest.mark.parametrize(
    "code",
    [
        "import pickle",
        "import pickle as p",
        "from pickle import loads",
        "import joblib",
        "from sklearn.externals import joblib",
        "def f():\n    import dill",
        "np.load(path, allow_pickle=True)",
        "np.load(path, allow_pickle=allowed)",
        "torch.load(path)",
        "torch.load(path, weights_only=False)",
        "pd.read_pickle(path)",
        "importlib.import_module('pickle')",
    ],
)
def test_what_unpickles_is_found(code: str) -> None:
    assert unpickled(code)


@pytest.mark.parametrize(
    "code",
    ["np.load(path)", "np.load(path, allow_pickle=False)", "torch.load(path, weights_only=True)", "import json"],
)
def test_what_does_not_is_not(code: str) -> None:
    assert unpickled(code) == []
