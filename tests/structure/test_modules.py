"""How modules hang together: each loads alone, packages only gather, start-up stays light."""

from __future__ import annotations

import ast
import json
import subprocess
import sys

from tests.structure.sources import PACKAGE, label, module_names, parse

HEAVY_PACKAGES = {
    "PIL",
    "ai_edge_litert",
    "alembic",
    "av",
    "cv2",
    "fitdecode",
    "jinja2",
    "numpy",
    "pyarrow",
    "pydantic",
    "reportlab",
    "sqlalchemy",
}

IMPORT_EACH_ALONE = """
import importlib, json, sys
failed = {}
for name in sys.argv[1:]:
    for loaded in [m for m in sys.modules if m.split(".")[0] == "hingewise"]:
        del sys.modules[loaded]
    try:
        importlib.import_module(name)
    except Exception as error:
        failed[name] = f"{type(error).__name__}: {error}"
print(json.dumps(failed))
"""


def test_every_module_can_be_imported_first() -> None:
    """One process, in which hingewise is forgotten before each module: third parties load once."""
    assert json.loads(_run(IMPORT_EACH_ALONE, *module_names())) == {}


def test_the_command_line_starts_without_heavy_packages() -> None:
    code = "import json, sys; import hingewise.cli.main; print(json.dumps(sorted(sys.modules)))"
    loaded = {name.split(".")[0] for name in json.loads(_run(code))}
    assert loaded & HEAVY_PACKAGES == set()


def test_stored_sets_are_judged_without_what_reads_films() -> None:
    code = (
        "import json, sys; import hingewise.app.stored_sets; print(json.dumps(sorted(sys.modules)))"
    )
    loaded = {name.split(".")[0] for name in json.loads(_run(code))}
    assert loaded & {"ai_edge_litert", "av", "cv2"} == set()


def test_the_journal_loads_neither_pages_nor_the_whole_library() -> None:
    """Each of them costs more than what is asked for."""
    code = (
        "import json, sys; import hingewise.app.journal_use, hingewise.app.progress_use; "
        "hingewise.app.journal_use.load_names(None); "
        "print(json.dumps(sorted(sys.modules)))"
    )
    loaded = set(json.loads(_run(code)))
    assert {name.split(".")[0] for name in loaded} & (HEAVY_PACKAGES - {"sqlalchemy"}) == set()
    assert loaded & {"hingewise.library.collection", "rich", "statistics"} == set()


def test_packages_only_gather() -> None:
    extra = {
        f"{label(path)}:{node.lineno}"
        for path in PACKAGE.rglob("__init__.py")
        for node in parse(path).body
        if not _is_gathering(node)
    }
    assert extra == set()


def _is_gathering(node: ast.stmt) -> bool:
    """Whether a statement is a docstring, an import, ``__all__`` or ``__version__``."""
    if isinstance(node, ast.Assign):
        return all(isinstance(t, ast.Name) and t.id.startswith("__") for t in node.targets)
    if isinstance(node, ast.Expr):
        return isinstance(node.value, ast.Constant)
    return isinstance(node, ast.Import | ast.ImportFrom)


def _run(code: str, *arguments: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", code, *arguments], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    return done.stdout
