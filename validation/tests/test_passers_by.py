"""Protects: passers-by are where they are said to be, and repetitions are held against the film without them."""

from __future__ import annotations

from types import SimpleNamespace
from typing import TYPE_CHECKING, cast

import numpy as np
import pytest

if TYPE_CHECKING:
    from hingewise.app.measure_set import MeasuredSet

pytest.importorskip("hingewise")

from hingewise_validation.passers_by import STOP_S, WAY_S, CutOut, Passer, _lay_over, compare, place


def test_who_passes_goes_from_edge_to_edge() -> None:
    passer = Passer(enters=0.5, height=1.0, stops=False)
    times_s = [9.9, 10.0, 10.0 + WAY_S / 2, 10.0 + WAY_S, 10.1 + WAY_S]
    assert [place(passer, t, 20.0) for t in times_s] == [None, 0.0, 0.5, 1.0, None]


def test_who_stops_stands_half_way() -> None:
    passer = Passer(enters=0.0, height=1.0, stops=True)
    half = WAY_S / 2
    assert [place(passer, half + t, 20.0) for t in (0.0, STOP_S / 2, STOP_S)] == [0.5, 0.5, 0.5]
    assert place(passer, WAY_S + STOP_S, 20.0) == pytest.approx(1.0)


def test_the_walk_goes_to_and_fro() -> None:
    pictures = tuple(np.full((2, 2, 4), k, np.uint8) for k in range(4))
    cut = CutOut(pictures=pictures, rate_hz=1.0)
    assert [int(cut.at(t)[0, 0, 0]) for t in range(8)] == [0, 1, 2, 3, 2, 1, 0, 1]


def test_only_where_somebody_is_the_picture_changes() -> None:
    picture = np.full((20, 40, 3), 100, np.uint8)
    walker = np.dstack([np.full((10, 4, 3), 200, np.uint8), np.full((10, 4), 255, np.uint8)])
    _lay_over(picture, walker, 0.5, 0.5)
    changed = (picture == 200).all(axis=2)
    assert changed.sum() == 40
    assert changed[10:, 18:22].all()


def _measured(*spans_s: tuple[float, float]) -> MeasuredSet:
    repetitions = [SimpleNamespace(bottom_s=a, top_s=b, partial=False) for a, b in spans_s]
    return cast("MeasuredSet", SimpleNamespace(segmentation=SimpleNamespace(repetitions=repetitions)))


def test_hidden_repetitions_need_not_be_found_but_others_must() -> None:
    alone = _measured((1, 2), (4, 5), (7, 8))
    assert compare(alone, _measured((1, 2), (7, 8)), (4.5, 4.8)).whole
    lost = compare(alone, _measured((1, 2)), (4.5, 4.8))
    assert (lost.expected, lost.found, lost.invented) == (2, 1, 0)


def test_what_nobody_did_is_invented() -> None:
    alone = _measured((1, 2), (4, 5))
    assert compare(alone, _measured((1, 2), (4, 5), (9, 10)), None).invented == 1
    assert compare(alone, _measured((1, 2), (3.8, 4.9)), None).whole
