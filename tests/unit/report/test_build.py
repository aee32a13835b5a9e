"""From what was measured to the document."""

from __future__ import annotations

import pytest

from hingewise.app.assess_set import assess_set
from hingewise.app.measure_set import measure_set
from hingewise.report.build import build_analysis
from hingewise.report.document import Analysis, Video
from hingewise.report.wording import typical_tempo
from tests.builders import Script, make_lifter
from tests.builders_sets import deadlift, hinge, quiet, swing


def build(script: Script) -> Analysis:
    track = make_lifter(script)
    video = Video(
        path="set.mp4",
        sha256="",
        duration_s=script.duration_s,
        n_frames=track.n_frames,
        nominal_rate_hz=30.0,
        variable_rate=False,
        rotation_deg=0,
        size_px=track.image_size_px,
    )
    measured = measure_set(track, exercise=None, stature_m=None, name="set.mp4")
    return build_analysis(
        measured,
        video=video,
        exercise_id=None,
        technique=assess_set(measured, exercise_id=None),
        remarks=(),
        parameters={},
    )


def test_a_fast_movement_has_its_tempo_in_tenths() -> None:
    """In whole seconds, every swing would be 1-0-1-0."""
    analysis = build(swing(8))
    for repetition in analysis.repetitions:
        parts = repetition.tempo.split("-")
        seconds = (repetition.eccentric_s, repetition.bottom_hold_s, repetition.concentric_s)
        for text, length_s in zip(parts, seconds, strict=False):
            assert text == "x" if length_s is None else float(text) == round(length_s, 1)
    assert sum("." in repetition.tempo for repetition in analysis.repetitions) == 8
    assert "." in typical_tempo(analysis.repetitions)


@pytest.mark.parametrize("script", [hinge(3), deadlift(3)])
def test_a_slow_one_in_seconds_for_every_repetition(script: Script) -> None:
    """Also for one of which the film shows little: the first deadlift begins at the bottom."""
    analysis = build(script)
    assert len(analysis.repetitions) == 3
    assert not any("." in repetition.tempo for repetition in analysis.repetitions)
    assert "." not in typical_tempo(analysis.repetitions)


def test_no_repetition_is_a_document_too() -> None:
    analysis = build(quiet())
    assert analysis.repetitions == ()
    assert analysis.findings == ()
    assert analysis.summary.n_repetitions == 0
    assert analysis.summary.technique_score is None
    assert analysis.summary.verdict == "undetermined"


@pytest.mark.parametrize("script", [hinge(4), swing(5)])
def test_what_was_judged_is_in_the_document(script: Script) -> None:
    """The set before its repetitions, every check of a repetition in each of them."""
    analysis = build(script)
    numbers = [finding.repetition for finding in analysis.findings]
    of_set = numbers.count(None)
    assert of_set > 0
    assert numbers[:of_set] == [None] * of_set
    checks = {f.check for f in analysis.findings if f.repetition is not None}
    for check in checks:
        own = [f.repetition for f in analysis.findings if f.check == check]
        assert own == [None, *(repetition.number for repetition in analysis.repetitions)]
    assert analysis.summary.technique_score is not None
    assert analysis.summary.n_repetitions == len(analysis.repetitions)
