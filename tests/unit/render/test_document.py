"""analysis.json: stable, rounded to what was measured, and read back whole."""

from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest

from hingewise.errors import OutputError
from hingewise.render.document import analysis_json, load_analysis, save_analysis
from hingewise.report.document import Analysis, MeasureValue, analysis_schema
from tests.builders_report import make_set

GOLDEN = Path(__file__).parents[2] / "golden" / "analysis_five_repetitions.json"


def test_the_document_is_the_golden_one() -> None:
    """A change here changes what every reader of analysis.json sees: say so in the changelog."""
    made = make_set(5, partial=(4,))
    assert analysis_json(made.analysis) == GOLDEN.read_text(encoding="utf-8")


def test_keys_stand_in_the_order_of_the_schema() -> None:
    document = json.loads(analysis_json(make_set(1).analysis))
    assert list(document) == list(Analysis.model_fields)


def test_numbers_are_rounded_by_their_unit() -> None:
    analysis = make_set(1).analysis
    values = {
        "angle": MeasureValue(value=12.34567, unit="deg", sd=1.23456),
        "duration": MeasureValue(value=1.23456, unit="s", sd=None),
        "share": MeasureValue(value=-0.00001, unit="fraction", sd=0.123456),
    }
    repetition = analysis.repetitions[0].model_copy(update={"measures": values, "start_s": 1.00049})
    text = analysis_json(analysis.model_copy(update={"repetitions": (repetition,)}))
    found = json.loads(text)["repetitions"][0]
    assert found["start_s"] == 1.0
    assert found["measures"]["angle"] == {"value": 12.35, "unit": "deg", "sd": 1.23}
    assert found["measures"]["duration"]["value"] == 1.235
    assert found["measures"]["share"] == {"value": 0.0, "unit": "fraction", "sd": 0.1235}
    assert "-0.0" not in text


def test_a_document_survives_the_file(tmp_path: Path) -> None:
    path = tmp_path / "analysis.json"
    analysis = make_set(3, file_name="Übung 💪.mp4").analysis
    save_analysis(analysis, path)
    again = load_analysis(path)
    assert analysis_json(again) == analysis_json(analysis)
    jsonschema.validate(json.loads(path.read_text(encoding="utf-8")), analysis_schema())


def test_a_folder_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="expected a place to write"):
        save_analysis(make_set(1).analysis, tmp_path / "missing" / "analysis.json")
