"""A real browser that opens pages from disk.

Needs Debian's ``chromium``. Where it is missing the tests are skipped, unless the environment says
``HINGEWISE_BROWSER=required`` (as CI does): then they fail.
"""

from __future__ import annotations

import html
import os
import re
import shutil
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser")

NEEDS_BROWSER = pytest.mark.skipif(
    CHROMIUM is None and os.environ.get("HINGEWISE_BROWSER") != "required",
    reason="no chromium here: apt-get install chromium",
)

FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--hide-scrollbars",
    "--virtual-time-budget=4000",
    "--dump-dom",
)

Open = Callable[[Path], str]


def load_page(path: Path, profile: Path) -> str:
    """Load a page from disk and return its document after its script has run."""
    assert CHROMIUM is not None, "HINGEWISE_BROWSER=required, but chromium is not installed"
    command = [CHROMIUM, *FLAGS, f"--user-data-dir={profile}", path.as_uri()]
    done = subprocess.run(command, capture_output=True, timeout=90, check=True)
    return done.stdout.decode("utf-8")


def framed(page: str, width_px: int) -> str:
    """A page in a frame, because a headless window is never narrower than 500 pixels."""
    inner = re.sub(r'<meta http-equiv="Content-Security-Policy"[^>]*>', "", page)
    frame = f'<iframe id="f" style="width:{width_px}px;border:0" srcdoc="{html.escape(inner)}">'
    measure = "f.contentDocument.documentElement.scrollWidth"
    script = f"<script>onload=()=>{{document.title='wide '+{measure}}}</script>"
    return f"<!doctype html>{frame}</iframe>{script}"


def framed_width_px(document: str) -> int:
    """How wide the page in the frame turned out to be."""
    (width,) = re.findall(r"<title>wide (\d+)</title>", document)
    return int(width)
