from __future__ import annotations

import importlib.metadata
import tempfile
from pathlib import Path

import pytest

from hingewise.app import doctor
from hingewise.app.doctor import DoctorCheck, collect_checks, is_healthy
from hingewise.capture import interpreter


def _find(name: str) -> DoctorCheck:
    return next(check for check in collect_checks() if check.name == name)


def test_everything_that_is_required_works_where_the_tests_run() -> None:
    checks = collect_checks()
    assert [check for check in checks if check.required and not check.ok] == []
    assert is_healthy(checks)


def test_every_dependency_is_looked_at_and_no_extra() -> None:
    names = {check.name for check in collect_checks()}
    assert {"package av", "package numpy", "package opencv-python-headless"} <= names
    assert "package pytest" not in names


def test_names_are_unique_and_what_can_fail_has_a_hint() -> None:
    checks = collect_checks()
    assert len({check.name for check in checks}) == len(checks)
    assert [check.name for check in checks if not check.ok and not check.hint] == []


def test_a_damaged_model_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    (tmp_path / "pose_detection.tflite").write_bytes(b"something else")
    interpreter._listed_sha256()
    monkeypatch.setattr(interpreter, "MODEL_FOLDER", tmp_path)
    damaged = _find("model pose_detection.tflite")
    missing = _find("model pose_landmark_full.tflite")
    assert not damaged.ok
    assert "damaged" in damaged.detail
    assert not missing.ok
    assert "not installed" in missing.detail
    assert not is_healthy((damaged, missing))


def test_a_folder_that_is_not_there_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tempfile, "tempdir", "/nowhere/at/all")
    check = doctor._check_folder("temporary folder", lambda: Path("/nowhere/at/all"))
    assert not check.ok
    assert "FileNotFoundError" in check.detail


def test_a_package_that_cannot_be_loaded_is_told() -> None:
    check = doctor._check_package("no-such-package")
    assert not check.ok
    assert "PackageNotFoundError" in check.detail


def test_sources_that_were_not_installed_are_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown(package: str) -> list[str]:
        raise importlib.metadata.PackageNotFoundError(package)

    monkeypatch.setattr(importlib.metadata, "requires", unknown)
    monkeypatch.setattr(importlib.metadata, "version", unknown)
    (check,) = doctor._check_packages()
    assert (check.name, check.ok) == ("package hingewise", False)


def test_an_unknown_codec_is_told_but_not_required() -> None:
    check = doctor._check_decoder("no_such_codec", "such films")
    assert not check.ok
    assert is_healthy((check,))


@pytest.mark.parametrize("missing", [("rtmlib",), ("onnxruntime",), ("rtmlib", "onnxruntime"), ()])
def test_the_extra_is_there_with_all_its_packages(
    monkeypatch: pytest.MonkeyPatch, missing: tuple[str, ...]
) -> None:
    def version(package: str) -> str:
        if package in missing:
            raise importlib.metadata.PackageNotFoundError(package)
        return "1.2"

    monkeypatch.setattr(importlib.metadata, "version", version)
    check = doctor._check_rtmpose()
    assert check.ok == (not missing)
    assert is_healthy((check,))
    if missing:
        assert check.detail == f"not installed: {', '.join(missing)}"
        assert 'pip install "hingewise[rtmpose]"' in check.hint
    else:
        assert check.detail == "rtmlib 1.2, onnxruntime 1.2"


def test_a_broken_encoder_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(_: int) -> int:
        raise ValueError("no encoder")

    monkeypatch.setattr(doctor, "_count_read_back", fail)
    check = doctor._check_h264()
    assert not check.ok
    assert "no encoder" in check.detail
