"""Tempo and counts of a segmented set."""

from __future__ import annotations

import pytest

from hingewise.repetitions.types import Phase, PhaseSpan, Repetition


def make(*durations: tuple[Phase, float]) -> Repetition:
    spans = tuple(
        PhaseSpan(kind=kind, start=0, end=1, start_s=1.0, end_s=1.0 + duration)
        for kind, duration in durations
    )
    return Repetition(
        number=1,
        partial=False,
        partial_reason="",
        start_s=1.0,
        bottom_s=2.0,
        top_s=3.0,
        end_s=4.0,
        depth_fraction=1.0,
        phases=spans,
    )


@pytest.mark.parametrize(
    "durations,tempo_s",
    [
        (
            [(Phase.ECCENTRIC, 2.9), (Phase.BOTTOM, 0.2), (Phase.CONCENTRIC, 1.1)],
            (2.9, 0.2, 1.1, None),
        ),
        ([(Phase.CONCENTRIC, 0.4), (Phase.FLOAT, 0.6)], (None, None, 0.4, 0.6)),
        ([(Phase.CONCENTRIC, 1.4), (Phase.LOCKOUT, 10.4)], (None, None, 1.4, 10.4)),
        ([], (None, None, None, None)),
    ],
)
def test_tempo_has_four_parts_some_not_seen(
    durations: list[tuple[Phase, float]], tempo_s: tuple[float | None, ...]
) -> None:
    assert make(*durations).tempo_s == pytest.approx(tempo_s)


def test_a_phase_is_found_by_its_kind() -> None:
    repetition = make((Phase.BOTTOM, 0.5))
    span = repetition.phase(Phase.BOTTOM)
    assert span is not None
    assert span.duration_s == pytest.approx(0.5)
    assert repetition.phase(Phase.LOCKOUT) is None
