"""The pure parts of the bench and of the comparison with MediaPipe."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from hingewise_validation.bench_document import format_table, replace_section, write_section
from hingewise_validation.bench_parity import (
    choose_nearest,
    compare_landmarks,
    compare_masks,
    compute_trunk_inclination,
    estimate_body_height,
)
from hingewise_validation.bench_process import Duration, list_tree, parse_rollup, sum_memory
from hingewise_validation.bench_speed import Ceiling, Job, Run, estimate_fixed_cost, interleave, summarise


def _person(n_frames: int, *, x: float = 0.0) -> np.ndarray:
    """Somebody who stands: shoulders above hips, 100 pixels tall. Shape (T, 33, 2)."""
    person = np.zeros((n_frames, 33, 2))
    person[..., 0] = x
    person[:, 0, 1] = 0.0
    person[:, [11, 12], 1] = 20.0
    person[:, [23, 24], 1] = 50.0
    person[:, 27:, 1] = 100.0
    return person


def test_a_section_is_replaced_and_the_rest_stays() -> None:
    document = "# Accuracy\n\nBefore.\n<!-- parity:begin -->\nold\n<!-- parity:end -->\nAfter.\n"
    assert replace_section(document, "parity", "new") == (
        "# Accuracy\n\nBefore.\n<!-- parity:begin -->\nnew\n<!-- parity:end -->\nAfter.\n"
    )


def test_a_missing_section_is_added_at_the_end() -> None:
    assert replace_section("# A\n", "x", "new") == "# A\n\n<!-- x:begin -->\nnew\n<!-- x:end -->\n"


def test_a_section_that_is_not_closed_is_refused() -> None:
    with pytest.raises(ValueError, match="x:end"):
        replace_section("<!-- x:begin -->\n", "x", "new")


def test_a_new_document_gets_its_title(tmp_path: Path) -> None:
    path = tmp_path / "docs" / "a.md"
    for body in ("one", "two"):
        write_section(path, "x", body, title="Title")
    assert path.read_text(encoding="utf-8") == "# Title\n\n<!-- x:begin -->\ntwo\n<!-- x:end -->\n"


def test_a_table_has_one_line_for_each_row() -> None:
    assert format_table(["a", "b"], [["x", "1"], ["y", "2"]]).splitlines()[2:] == ["| x | 1 |", "| y | 2 |"]


def test_body_height_is_the_larger_side_of_the_box_also_of_a_body_that_lies() -> None:
    standing = _person(20)
    assert estimate_body_height(standing) == pytest.approx(100.0)
    assert estimate_body_height(standing[..., ::-1]) == pytest.approx(100.0)


def test_trunk_inclination_is_zero_upright_and_ninety_when_lying() -> None:
    assert compute_trunk_inclination(_person(1)) == pytest.approx([0.0])
    lying = _person(1)[..., ::-1]
    assert compute_trunk_inclination(lying) == pytest.approx([90.0])


def test_the_nearest_of_several_people_is_compared() -> None:
    reference = _person(3)
    people = np.stack([_person(3, x=500.0), _person(3, x=2.0)])
    people[1, 2] = np.nan
    chosen = choose_nearest(people, reference)
    assert chosen[0, 0, 0] == 2.0
    assert chosen[2, 0, 0] == 500.0


def test_parity_is_a_share_of_the_body_height() -> None:
    reference = _person(10)
    reference[4] = np.nan
    parity = compare_landmarks(
        _person(10, x=3.0)[np.newaxis], reference, seen=np.ones(10, bool), mask_ious=np.array([0.9, 0.8, 0.7])
    )
    assert parity.median == pytest.approx(0.03)
    assert parity.joints_p95 == pytest.approx(0.03)
    assert (parity.reference_fraction, parity.both_fraction) == (0.9, 0.9)
    assert parity.mask_iou == 0.8
    assert np.isnan(parity.deep_median)


def test_masks_overlap_by_their_intersection_over_union() -> None:
    mine, reference = np.zeros((2, 4, 4), bool)
    assert np.isnan(compare_masks(mine, reference))
    mine[:2], reference[1:3] = True, True
    assert compare_masks(mine, reference) == pytest.approx(1 / 3)


def _run(wall_s: float, before_hz: float, after_hz: float) -> Run:
    return Run(
        n_frames=900,
        duration=Duration(wall_s=wall_s, processor_s=18.0),
        before=Ceiling(rate_hz=before_hz, per_processor_hz=60.0),
        after=Ceiling(rate_hz=after_hz, per_processor_hz=65.0),
        decoding_hz=400.0,
        network_hz=100.0,
    )


def test_speed_is_judged_against_the_ceilings_beside_each_run() -> None:
    runs = [_run(10.0, 90.0, 110.0), _run(20.0, 50.0, 50.0), _run(9.0, 100.0, 100.0)]
    speed = summarise(runs, fixed_s=1.0)
    assert speed.ratio == pytest.approx(0.9)
    assert speed.rate_hz == pytest.approx(90.0)
    assert speed.marginal_hz == pytest.approx(100.0)
    assert speed.marginal_ratio == pytest.approx(1.0)
    assert speed.processor_ratio == pytest.approx(0.8)
    assert speed.limit_ratio == pytest.approx(0.8)


def test_ceilings_lie_between_the_films() -> None:
    ceilings = (Ceiling(rate_hz=rate, per_processor_hz=rate) for rate in (1.0, 2.0, 3.0, 4.0, 5.0))
    duration = Duration(wall_s=1.0, processor_s=2.0)
    films = [Job(analyse=lambda n=n: (n, duration), decode=lambda n=n: 100.0 * n, call=lambda: 1.0) for n in (10, 20)]
    short, long = interleave(films, lambda: next(ceilings), 2)
    assert [run.decoding_hz for run in short + long] == [1000.0, 1000.0, 2000.0, 2000.0]
    assert [(run.before.rate_hz, run.after.rate_hz) for run in short] == [(1.0, 2.0), (3.0, 4.0)]
    assert [(run.before.rate_hz, run.after.rate_hz) for run in long] == [(2.0, 3.0), (4.0, 5.0)]


def test_the_fixed_cost_is_never_negative() -> None:
    assert estimate_fixed_cost(100, 3.0, 900, 11.0) == pytest.approx(2.0)
    assert estimate_fixed_cost(100, 1.0, 200, 3.0) == 0.0


def test_memory_of_a_process_and_its_children_is_summed() -> None:
    assert parse_rollup("head line\nPss:  12 kB\nRss: 30 kB\nPss_Dirty: 1 MB\n") == {"Pss": 12, "Rss": 30}
    child = subprocess.Popen([sys.executable, "-c", "print(flush=True); input()"], stdin=-1, stdout=-1)
    assert child.stdin is not None
    assert child.stdout is not None
    try:
        child.stdout.readline()
        assert child.pid in list_tree(os.getpid())
        pss, rss = sum_memory(os.getpid())
        assert 0 < pss <= rss
        assert sum_memory(child.pid)[1] < rss
    finally:
        child.stdin.close()
        child.wait()
        child.stdout.close()


def test_a_film_is_repeated_without_gaps(tmp_path: Path) -> None:
    av = pytest.importorskip("av")
    from hingewise_validation.bench_films import cached, count_frames, repeat_film

    example = Path(__file__).parents[2] / "examples" / "cable_pull_through.mp4"
    film = cached(tmp_path / "long.mp4", lambda path: repeat_film(example, path, 1000))
    with av.open(str(film)) as container:
        stream = container.streams.video[0]
        times = sorted(packet.pts for packet in container.demux(stream) if packet.size)
    assert 1000 <= len(times) <= 1010
    assert len(set(np.diff(times))) == 1
    assert count_frames(film) == len(times)
