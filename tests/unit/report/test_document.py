"""The document: its schema is shipped and current, and nothing unmeasurable slips in."""

from __future__ import annotations

import json
import math

import jsonschema
import pytest
from pydantic import ValidationError

from hingewise.report.document import Analysis, MeasureValue, analysis_schema
from hingewise.report.schema import SCHEMA_PATH, schema_text
from tests.builders_report import make_set


def test_the_shipped_schema_is_current() -> None:
    """After a change in document.py: python -m hingewise.report.schema."""
    assert SCHEMA_PATH.read_text(encoding="utf-8") == schema_text()


def test_the_schema_is_itself_valid() -> None:
    jsonschema.Draft202012Validator.check_schema(analysis_schema())


@pytest.mark.parametrize("n_repetitions", [0, 1, 5])
def test_a_document_follows_the_schema(n_repetitions: int) -> None:
    document = make_set(n_repetitions).analysis.model_dump(mode="json")
    jsonschema.validate(document, analysis_schema())


@pytest.mark.parametrize("value", [math.nan, math.inf])
def test_a_value_that_was_not_observed_must_be_null(value: float) -> None:
    with pytest.raises(ValidationError):
        MeasureValue(value=value, unit="deg", sd=None)


def test_unknown_keys_are_refused() -> None:
    document = json.loads(make_set(1).analysis.model_dump_json())
    document["surprise"] = 1
    with pytest.raises(ValidationError, match="surprise"):
        Analysis.model_validate(document)
