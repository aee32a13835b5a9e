"""Nothing that belongs to one machine, or to one download server, is in the repository."""

from __future__ import annotations

import re

import pytest

from tests.structure.sources import committed_text_files

# Each in pieces, so that this file does not hold what it forbids.
REGISTRIES = ["py" + "pi.org", "python" + "hosted.org", "npm" + "js.org", "deb.deb" + "ian.org"]
FORBIDDEN = {
    "the address of a package": r"https?://[^ \"]+\.(?:whl|tgz|tar\.gz|deb)\b",
    "the choice of a registry": r"--(?:extra-)?index" + r"-url|--find" + r"-links",
    "the name of a registry": "|".join(map(re.escape, REGISTRIES)),
    "a path of one machine": r"""(?:^|[ "'=(`])/(?:home|root|Users|work)/""",
}


@pytest.mark.parametrize("what", FORBIDDEN)
def test_no_committed_file_holds(what: str) -> None:
    pattern = re.compile(FORBIDDEN[what], re.IGNORECASE | re.MULTILINE)
    found = [
        f"{name}:{text.count(chr(10), 0, match.start()) + 1}: {match.group()}"
        for name, text in committed_text_files()
        for match in pattern.finditer(text)
    ]
    assert found == []
