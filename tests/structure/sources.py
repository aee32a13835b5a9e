"""Where the code lies: what the structure checks look at."""

from __future__ import annotations

import ast
import subprocess
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "hingewise"
CODE_FOLDERS = ("src", "tests", "validation")

FunctionNode = ast.FunctionDef | ast.AsyncFunctionDef


def python_files() -> list[Path]:
    """Return every Python file of ours, tests and validation included."""
    folders = [ROOT / name for name in CODE_FOLDERS]
    found = [path for folder in folders for path in folder.rglob("*.py")]
    return sorted([*found, ROOT / "hatch_build.py"])


def label(path: Path) -> str:
    """Return the path as it stands in the repository."""
    return path.relative_to(ROOT).as_posix()


def parse(path: Path) -> ast.Module:
    """Return the syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"), filename=str(path))


def functions(path: Path) -> Iterator[tuple[str, FunctionNode]]:
    """Yield ``(file::name, node)`` for each function and method, nested ones included."""
    for node in ast.walk(parse(path)):
        if isinstance(node, FunctionNode):
            yield f"{label(path)}::{node.name}", node


def module_names() -> list[str]:
    """Return the dotted name of every module of hingewise that is there to be imported."""
    names = []
    for path in sorted(PACKAGE.rglob("*.py")):
        if path.name == "__main__.py":  # is run, not imported
            continue
        parts = path.relative_to(PACKAGE.parent).with_suffix("").parts
        names.append(".".join(parts[:-1] if parts[-1] == "__init__" else parts))
    return names


def committed_text_files() -> Iterator[tuple[str, str]]:
    """Yield ``(path, text)`` for every file that git knows and that is text."""
    listed = subprocess.run(
        ["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    for name in filter(None, listed.stdout.split("\0")):
        path = ROOT / name
        if not path.is_file():
            continue
        try:
            yield name, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue
