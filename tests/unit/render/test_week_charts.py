"""Series over weeks as paths and percentages."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import timedelta
from typing import Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hingewise.render.week_charts import WeekChart, lay_out_series, make_table
from hingewise.report.progress_report import Panel, Series
from tests.builders_progress import MONDAY

AMOUNTS = st.integers(min_value=0, max_value=10_000_000).map(lambda n: n / 10)
"""As reports round them."""


def series(
    *values: float | None, kind: Literal["bars", "line"] = "bars", limit: float | None = None
) -> Series:
    return Series(name="Load", unit="kg", values=values, kind=kind, says="2 kg", limit=limit)


def chart_of(drawn: Series) -> WeekChart:
    return lay_out_series(drawn, [MONDAY + timedelta(weeks=n) for n in range(len(drawn.values))])


def test_bars_stand_on_zero_and_are_as_high_as_their_values() -> None:
    chart = chart_of(series(2.0, 0.0, 4.0))
    tops = [int(top) for top in re.findall(r"V(\d+)h", chart.path)]
    assert [round(1000 - top) for top in tops] == pytest.approx([463, 926], abs=1)
    assert chart.path.startswith("M1 1000V")
    assert "M21 1000V" in chart.path
    assert chart.view_box == "0 0 30 1000"
    assert chart.ticks[0].label == "0"
    assert chart.ticks[0].at_percent == 100.0


def test_a_line_goes_through_what_is_known() -> None:
    chart = chart_of(series(50.0, None, 60.0, kind="line"))
    assert chart.path.count("L") == 1
    assert chart.points.count("h0") == 2
    assert chart.path.startswith("M5 ")


def test_a_lone_value_is_a_point() -> None:
    chart = chart_of(series(None, 50.0, kind="line"))
    assert (chart.path, chart.points.count("M")) == ("", 1)


def test_a_limit_is_on_the_chart_even_where_nothing_reaches_it() -> None:
    chart = chart_of(series(1.0, limit=10.0))
    assert chart.limit_percent is not None
    assert 0.0 <= chart.limit_percent <= 20.0
    assert chart_of(series(1.0)).limit_percent is None


def test_the_chart_is_told_in_words() -> None:
    said = chart_of(series(50.0, None, 60.0, kind="line")).description
    assert said == "Load by weeks since 2 March 2026, from 50 kg to 60 kg: 2 kg"


@given(
    st.lists(st.none() | AMOUNTS, min_size=1, max_size=60),
    st.sampled_from(["bars", "line"]),
    st.none() | st.just(10.0),
)
def test_all_of_it_lies_within_the_chart(
    values: list[float | None], kind: Literal["bars", "line"], limit: float | None
) -> None:
    chart = chart_of(replace(series(*values, kind=kind), limit=limit))
    heights = [int(y) for y in re.findall(r"[ V](-?\d+)", chart.path + chart.points)]
    assert all(0 <= y <= 1000 for y in heights)
    assert 1 <= len(chart.ticks) <= 5
    assert all(0.0 <= tick.at_percent <= 100.0 for tick in (*chart.ticks, *chart.dates))
    assert len(chart.dates) <= 5


def test_the_table_has_every_number_the_latest_first() -> None:
    days = (MONDAY, MONDAY + timedelta(weeks=1))
    sets = replace(series(4.0, 0.0), name="Sets", unit="")
    panel = Panel(id="a", title="A", weeks=days, series=(sets, series(62.5, None, kind="line")))
    table = make_table(panel)
    assert table.header == ("Week of", "Sets", "Load (kg)")
    assert table.rows == (("9 Mar 2026", "0", "–"), ("2 Mar 2026", "4", "62.5"))
