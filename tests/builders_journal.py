"""Journals as hypothesis draws them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import strategies as st

from hingewise.training.journal import Entry, new_entry
from hingewise.training.load import BODY, Load
from hingewise.training.sets import PerformedSet

NOW = datetime(2026, 3, 1, 18, 30, 5, 123456, tzinfo=UTC)
TODAY = NOW.date()

WORDS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\x00"), max_size=50)
FORMULAS = st.sampled_from(["=1+1", "'=1", "-5", "@a", "+", "a\nb"])
LOADS = (
    st.just(BODY)
    | st.just(Load(kind="band", band="light red"))
    | st.builds(
        lambda value, unit, count: Load(kind="mass", value=value, unit=unit, count=count),
        st.floats(min_value=0.25, max_value=250.0),
        st.sampled_from(["kg", "lb"]),
        st.sampled_from([1, 2]),
    )
)


def entries(
    notes: st.SearchStrategy[str] = WORDS | FORMULAS, loads: st.SearchStrategy[Load] = LOADS
) -> st.SearchStrategy[Entry]:
    """Entries of one exercise, on any day of some years, with all that can be said of them."""
    sets = st.builds(
        PerformedSet,
        exercise=st.just("glute_bridge"),
        repetitions=st.integers(min_value=1, max_value=200),
        hold=st.booleans(),
        load=loads,
        rir=st.none() | st.sampled_from([0.0, 1.5, 6.0]),
        tempo=st.sampled_from(["", "3-0-x-1"]),
        note=notes,
    )
    return st.builds(
        lambda done, days, pain, note: new_entry(
            done, on=TODAY - timedelta(days=days), now=NOW, pain=pain, note=note
        ),
        st.lists(sets, min_size=1, max_size=6),
        st.integers(min_value=0, max_value=4000),
        st.none() | st.integers(min_value=0, max_value=10),
        notes,
    )
