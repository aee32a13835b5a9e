"""Command: pictures of the study's films side by side (``python -m hingewise_validation.study.sheets --out FOLDER``).

A row for each film, a sheet for each block: to see whether they look like people training.
"""

import argparse
import sys
from collections.abc import Iterator, Sequence
from itertools import groupby
from pathlib import Path

import av
import cv2
import numpy as np
from numpy.typing import NDArray

from hingewise_validation.study.missing import FILMS, Places
from hingewise_validation.study.plan import plan_films
from hingewise_validation.study.spec import FilmSpec

Picture = NDArray[np.uint8]
N_PICTURES, HEIGHT_PX, N_ROWS = 8, 200, 12


def make_row(spec: FilmSpec, film: Path) -> Picture:
    """Pictures of a film, evenly spread over its time, with its name."""
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        wanted = set(np.linspace(3, max(stream.frames - 4, 3), N_PICTURES).astype(int).tolist())
        frames = enumerate(container.decode(stream))
        pictures = [frame.to_ndarray(format="bgr24") for number, frame in frames if number in wanted]
    width_px = [round(picture.shape[1] * HEIGHT_PX / picture.shape[0]) for picture in pictures]
    row = np.concatenate([cv2.resize(p, (w, HEIGHT_PX)) for p, w in zip(pictures, width_px, strict=True)], axis=1)
    words = f"{spec.id} {spec.movement} {spec.lifter} {spec.outfit} yaw {spec.yaw_deg:.0f}"
    words += "".join(f" {use.id} {use.strengths}" for use in spec.faults)
    cv2.putText(row, words, (6, 14), cv2.FONT_HERSHEY_SIMPLEX, 0.42, (255, 0, 255), 1, cv2.LINE_AA)
    return np.asarray(row, dtype=np.uint8)


def make_sheets(rows: Sequence[Picture]) -> Iterator[Picture]:
    """Rows below one another, some to a sheet."""
    for start in range(0, len(rows), N_ROWS):
        part = rows[start : start + N_ROWS]
        width_px = max(row.shape[1] for row in part)
        wide = [np.pad(row, ((0, 0), (0, width_px - row.shape[1]), (0, 0))) for row in part]
        yield np.asarray(np.concatenate(wide), dtype=np.uint8)


def main(arguments: list[str] | None = None) -> None:
    """Write the sheets of every block whose films are there."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--out", type=Path, required=True, help="folder for the sheets")
    parser.add_argument("--films", type=Path, default=FILMS, help="folder of the rendered films")
    parser.add_argument("--every", type=int, default=1, help="only every so many films")
    options = parser.parse_args(arguments)
    options.out.mkdir(parents=True, exist_ok=True)
    places = Places(films=options.films)
    films = [spec for spec in plan_films()[:: options.every] if places.film(spec).exists()]
    for block, specs in groupby(films, key=lambda spec: spec.block):
        rows = [make_row(spec, places.film(spec)) for spec in specs]
        for number, sheet in enumerate(make_sheets(rows), start=1):
            path = options.out / f"{block}_{number}.png"
            cv2.imwrite(str(path), sheet)
            sys.stdout.write(f"{path}\n")


if __name__ == "__main__":
    main()
