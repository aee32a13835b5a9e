"""Command: make the example clip again (``python -m hingewise_validation.render_example examples``)."""

import sys
from pathlib import Path

from hingewise_validation.render import main as render

MOVEMENT = "cable_pull_through"


def main(folder: Path) -> None:
    """Render the example film and its truth into ``folder``."""
    film, truth = folder / f"{MOVEMENT}.mp4", folder / f"{MOVEMENT}.truth.json"
    render(["--movement", MOVEMENT, "--seed", "7", "--out", str(film), "--truth", str(truth)])


if __name__ == "__main__":
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "examples"))
