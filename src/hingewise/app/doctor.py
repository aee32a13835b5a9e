"""What works on this machine: a list of checks, each tried for real where that is cheap."""

from __future__ import annotations

import importlib
import importlib.metadata
import os
import platform
import re
import sys
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from hingewise.errors import HingewiseError

MIN_PYTHON = (3, 11)

MIN_FREE_MEMORY_BYTES = 1_000_000_000
"""The most that an analysis may take (0.7 GB, docs/performance.md), and some room."""

MIN_FREE_DISK_BYTES = 200_000_000
"""Room for one report: the annotated film of a long set is its largest part."""

IMPORT_NAMES = {"opencv-python-headless": "cv2", "pillow": "PIL"}
"""Module of a distribution, where it is not the distribution's own name."""

DECODERS = {"hevc": "films of iPhones", "vp9": "WebM films"}

REINSTALL_HINT = "Install hingewise again: make setup, or pip install --force-reinstall its wheel."


@dataclass(frozen=True, slots=True, kw_only=True)
class DoctorCheck:
    """One thing that was tried; ``hint`` says what to do when it is not ok."""

    name: str
    ok: bool
    detail: str
    hint: str = ""
    required: bool = True


def collect_checks() -> tuple[DoctorCheck, ...]:
    """Try everything that an analysis needs and return what was found."""
    return (
        _check_python(),
        *_check_packages(),
        _check_h264(),
        *(_check_decoder(codec, use) for codec, use in DECODERS.items()),
        *_check_models(),
        _check_cores(),
        _check_memory(),
        _check_folder("working folder", Path.cwd),
        _check_folder("temporary folder", lambda: Path(tempfile.gettempdir())),
        _check_rtmpose(),
    )


def is_healthy(checks: tuple[DoctorCheck, ...]) -> bool:
    """Whether everything that an analysis cannot do without is there."""
    return all(check.ok for check in checks if check.required)


def _check_python() -> DoctorCheck:
    return DoctorCheck(
        name="Python",
        ok=sys.version_info >= MIN_PYTHON,
        detail=f"{platform.python_version()} on {platform.system()} {platform.machine()}",
        hint="Install Python 3.11 or newer.",
    )


def _check_packages() -> list[DoctorCheck]:
    """Load every package that hingewise depends on."""
    try:
        listed = importlib.metadata.requires("hingewise") or []
    except importlib.metadata.PackageNotFoundError:  # run from its sources
        return [_check_package("hingewise")]
    needed = [line for line in listed if "extra ==" not in line.replace("'", '"')]
    return [_check_package(re.split(r"[^A-Za-z0-9._-]", line)[0]) for line in sorted(needed)]


def _check_package(distribution: str) -> DoctorCheck:
    module = IMPORT_NAMES.get(distribution, distribution.replace("-", "_"))
    name = f"package {distribution}"
    try:
        version = importlib.metadata.version(distribution)
        importlib.import_module(module)
    except (ImportError, OSError) as error:
        return DoctorCheck(name=name, ok=False, detail=_reason(error), hint=REINSTALL_HINT)
    return DoctorCheck(name=name, ok=True, detail=version)


def _check_h264() -> DoctorCheck:
    """Write a film of a few pictures in memory and read it back."""
    name, n_pictures = "film H.264", 3
    try:
        n_read = _count_read_back(n_pictures)
    except (ImportError, OSError, ValueError, RuntimeError) as error:
        return DoctorCheck(name=name, ok=False, detail=_reason(error), hint=REINSTALL_HINT)
    detail = f"{n_read} of {n_pictures} pictures written and read back"
    return DoctorCheck(name=name, ok=n_read == n_pictures, detail=detail, hint=REINSTALL_HINT)


def _count_read_back(n_pictures: int) -> int:
    import av
    import numpy as np

    file = BytesIO()
    with av.open(file, "w", format="mp4") as writer:
        stream = writer.add_stream("libx264", rate=30)
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for level in range(n_pictures):
            grey = np.full((64, 64, 3), 40 * level, dtype=np.uint8)
            writer.mux(stream.encode(av.VideoFrame.from_ndarray(grey, format="rgb24")))
        writer.mux(stream.encode(None))
    file.seek(0)
    with av.open(file, "r") as reader:
        return len(list(reader.decode(video=0)))


def _check_decoder(codec: str, use: str) -> DoctorCheck:
    name = f"film {codec.upper()}"
    hint = f"Convert {use} to H.264 before you analyse them."
    try:
        import av

        found = av.Codec(codec, "r").long_name
    except (ImportError, ValueError) as error:
        return DoctorCheck(name=name, ok=False, detail=_reason(error), hint=hint, required=False)
    return DoctorCheck(name=name, ok=True, detail=f"read by {found}", hint=hint, required=False)


def _check_models() -> list[DoctorCheck]:
    """Check the hash of every network and load it."""
    from hingewise.capture.interpreter import DETECTOR_MODEL, LANDMARK_MODEL, Network

    checks = []
    for model in (DETECTOR_MODEL, LANDMARK_MODEL):
        name = f"model {model.name}"
        try:
            Network(model)
        except HingewiseError as error:
            check = DoctorCheck(name=name, ok=False, detail=str(error), hint=error.hint)
        else:
            check = DoctorCheck(name=name, ok=True, detail=f"SHA-256 {model.sha256[:16]}, loads")
        checks.append(check)
    return checks


def _check_cores() -> DoctorCheck:
    affinity = getattr(os, "sched_getaffinity", None)  # Linux only
    usable = len(affinity(0)) if affinity else os.cpu_count() or 1
    return DoctorCheck(name="cores", ok=True, detail=f"{usable} usable of {os.cpu_count()}")


def _check_memory() -> DoctorCheck:
    free = _free_memory_bytes()
    return DoctorCheck(
        name="memory",
        ok=free is None or free >= MIN_FREE_MEMORY_BYTES,
        detail="unknown" if free is None else f"{free / 1e9:.1f} GB free",
        hint=f"Close other programs until {MIN_FREE_MEMORY_BYTES / 1e9:.1f} GB are free.",
        required=False,
    )


def _free_memory_bytes() -> int | None:
    """Memory that a program can have now, or None where the system does not tell."""
    try:
        text = Path("/proc/meminfo").read_text(encoding="ascii")
    except OSError:
        return None
    match = re.search(r"^MemAvailable:\s+(\d+) kB$", text, re.MULTILINE)
    return int(match.group(1)) * 1024 if match else None


def _check_folder(name: str, find: Callable[[], Path]) -> DoctorCheck:
    """Write a small file into a folder; results need room too."""
    hint = "Go to a folder that you may write into, or free some space."
    try:
        folder = find()
        with tempfile.NamedTemporaryFile(dir=folder, prefix=".hingewise-doctor-") as file:
            file.write(b"x")
            file.flush()
        status = os.statvfs(folder)
    except OSError as error:
        return DoctorCheck(name=name, ok=False, detail=_reason(error), hint=hint)
    free = status.f_bavail * status.f_frsize
    detail = f"{folder}, {free / 1e9:.1f} GB free"
    return DoctorCheck(name=name, ok=free >= MIN_FREE_DISK_BYTES, detail=detail, hint=hint)


def _check_rtmpose() -> DoctorCheck:
    """Look for the packages of the extra; its models are the user's, so none are expected."""
    from hingewise.capture.rtmpose import INSTALL, PACKAGES

    found, missing = [], []
    for package in PACKAGES:
        try:
            found.append(f"{package} {importlib.metadata.version(package)}")
        except importlib.metadata.PackageNotFoundError:
            missing.append(package)
    return DoctorCheck(
        name="extra rtmpose",
        ok=not missing,
        detail=f"not installed: {', '.join(missing)}" if missing else ", ".join(found),
        hint=f"Only if you want analyze --estimator rtmpose: {INSTALL}.",
        required=False,
    )


def _reason(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"
