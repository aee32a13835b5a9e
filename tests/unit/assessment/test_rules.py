"""The numbers by which is judged: each means something, and says where it comes from."""

from __future__ import annotations

import pytest

from hingewise.assessment.rules import load_rules, read_rules
from hingewise.assessment.types import Severity
from hingewise.library.load import load_library

RULES = load_rules()
LIBRARY = load_library()


@pytest.mark.parametrize("table", list(read_rules()))
def test_a_table_says_how_it_is_known(table: str) -> None:
    said = read_rules()[table]
    assert said["because"]
    assert said["source"] in LIBRARY.sources or said["source"] in LIBRARY.facts


def test_every_risk_has_a_weight_and_a_place() -> None:
    risks = {fault.risk for fault in LIBRARY.faults.values()}
    assert risks == set(RULES.score.weight) == set(RULES.advice.risks)
    weights = [RULES.score.weight[risk] for risk in RULES.advice.risks]
    assert weights == sorted(weights, reverse=True)


def test_the_worst_comes_first() -> None:
    order = [Severity.SEVERE, Severity.CLEAR, Severity.MILD]
    assert list(RULES.advice.severities) == order


def test_shares_are_shares() -> None:
    score, verdicts = RULES.score, RULES.verdicts
    for share in (
        *score.weight.values(),
        score.present_share,
        score.max_sd_share,
        score.min_judged,
        verdicts.enough_judged,
    ):
        assert 0.0 < share < 1.0
    assert verdicts.sure_sd >= 1.0
