"""The wheel by itself: installed elsewhere, with no network, it analyses the example film."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import sysconfig
import zipfile
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.structure.sources import ROOT

EXAMPLE = ROOT / "examples" / "cable_pull_through.mp4"
OUTPUTS = {
    "analysis.json", "annotated.mp4", "kinematics.parquet", "pose.parquet", "report.html",
}  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Installed:
    """An environment that holds the wheel, and dependencies from the one that runs the tests."""

    folder: Path

    @property
    def scripts(self) -> Path:
        return self.folder / "bin"

    def run_offline(self, *command: str, cwd: Path) -> subprocess.CompletedProcess[str]:
        """Run a program of the environment in a network of its own that leads nowhere."""
        unshare = ["unshare", "-n"] if os.geteuid() == 0 else ["unshare", "-rn"]
        full = [*unshare, str(self.scripts / command[0]), *command[1:]]
        env = {name: value for name, value in os.environ.items() if name != "PYTHONPATH"}
        env["HINGEWISE_DATABASE_URL"] = f"sqlite:///{cwd / 'journal.sqlite'}"  # not the user's own
        return subprocess.run(full, cwd=cwd, env=env, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("dist")
    _run("-m", "hatchling", "build", "-t", "wheel", "-d", str(folder))
    (made,) = folder.glob("*.whl")
    return made


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Installed:
    folder = tmp_path_factory.mktemp("installed") / "env"
    _run("-m", "venv", "--without-pip", str(folder))
    python = str(folder / "bin" / "python")
    _run("-m", "pip", "--python", python, "install", "-qq", "--no-index", "--no-deps", str(wheel))
    (packages,) = folder.glob("lib/python*/site-packages")
    borrowed = dict.fromkeys(sysconfig.get_path(name) for name in ("purelib", "platlib"))
    (packages / "borrowed.pth").write_text("\n".join(borrowed) + "\n")
    return Installed(folder=folder)


def _run(*arguments: str) -> None:
    done = subprocess.run(
        [sys.executable, *arguments], cwd=ROOT, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stdout + done.stderr


def test_the_wheel_carries_models_licences_and_no_tests(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    models = {"models.toml", "pose_detection.tflite", "pose_landmark_full.tflite"}
    assert {f"hingewise/capture/models/{name}" for name in models} <= names
    assert {name.rsplit("/", 1)[1] for name in names if "/licenses/" in name} == {
        "LICENSE",
        "NOTICE",
    }
    assert {name.split("/")[0].split("-")[0] for name in names} == {"hingewise"}


def test_hingewise_comes_from_the_wheel(installed: Installed, tmp_path: Path) -> None:
    code = "import hingewise; print(hingewise.__file__)"
    done = installed.run_offline("python", "-c", code, cwd=tmp_path)
    assert Path(done.stdout.strip()).is_relative_to(installed.folder), done.stderr


def test_the_network_is_cut_off(installed: Installed, tmp_path: Path) -> None:
    code = "import socket; print([name for _, name in socket.if_nameindex()])"
    done = installed.run_offline("python", "-c", code, cwd=tmp_path)
    assert done.stdout.strip() == "['lo']", done.stderr


def test_it_analyses_the_example_without_network(installed: Installed, tmp_path: Path) -> None:
    out = tmp_path / "out"
    done = installed.run_offline(
        "hingewise", "analyze", str(EXAMPLE), "--out", str(out), "--json", cwd=tmp_path
    )
    assert done.returncode == 0, done.stderr
    assert {path.name for path in out.iterdir()} >= OUTPUTS
    assert [path.name for path in out.iterdir() if path.stat().st_size == 0] == []
    document = json.loads((out / "analysis.json").read_text())
    assert json.loads(done.stdout) == document
    assert document["summary"]["n_repetitions"] == 5


def test_its_doctor_finds_everything(installed: Installed, tmp_path: Path) -> None:
    done = installed.run_offline("hingewise", "doctor", "--json", cwd=tmp_path)
    assert done.returncode == 0, done.stdout + done.stderr
    assert json.loads(done.stdout)["ok"] is True


def test_its_library_is_whole(installed: Installed, tmp_path: Path) -> None:
    checked = installed.run_offline("hingewise", "library", "check", cwd=tmp_path)
    assert (checked.returncode, checked.stderr) == (0, "")
    page = installed.run_offline("hingewise", "library", "show", "pull-through", cwd=tmp_path)
    assert page.returncode == 0, page.stderr
    assert page.stdout.startswith("Cable pull-through")
    exported = installed.run_offline("hingewise", "library", "export", "out", cwd=tmp_path)
    assert exported.returncode == 0, exported.stderr
    document = json.loads((tmp_path / "out" / "library.json").read_text("utf-8"))
    assert len(document["exercises"]) >= 30


def test_its_journal_has_its_migrations(installed: Installed, tmp_path: Path) -> None:
    """They are found as files, which a wheel can lose."""
    for command in (("add", "rdl 3x8 @ 60 kg"), ("list",)):
        done = installed.run_offline("hingewise", "log", *command, cwd=tmp_path)
        assert done.returncode == 0, done.stderr
        assert "Romanian deadlift 3x8 @ 60 kg" in done.stdout
