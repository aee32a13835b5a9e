"""The JSON Schema file that is shipped beside this module.

``python -m hingewise.report.schema`` writes it again after the models in ``document.py`` changed.
"""

from __future__ import annotations

import json
from pathlib import Path

from hingewise.report.document import analysis_schema

SCHEMA_PATH = Path(__file__).with_name("analysis.schema.json")


def schema_text() -> str:
    """Return what the shipped schema file must hold."""
    return json.dumps(analysis_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_PATH.write_text(schema_text(), encoding="utf-8")
