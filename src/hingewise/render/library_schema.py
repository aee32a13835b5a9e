"""The JSON Schema of an exported library.

``python -m hingewise.render.library_schema`` writes it again after the record types changed.
"""

from __future__ import annotations

import json
from typing import Any

from hingewise.library.collection import Library
from hingewise.render.library_export import SCHEMA_PATH, SCHEMA_VERSION


def library_schema() -> dict[str, Any]:
    """Return the schema, made from the record types."""
    from pydantic import TypeAdapter

    schema = TypeAdapter(Library).json_schema()
    schema["properties"] = {
        "schema_version": {"const": SCHEMA_VERSION, "type": "string"},
        **schema["properties"],
    }
    schema["required"] = list(schema["properties"])
    schema["additionalProperties"] = False
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "hingewise exercise library",
        **schema,
    }


def schema_text() -> str:
    """Return what the shipped schema file must hold."""
    return json.dumps(library_schema(), indent=2, ensure_ascii=False) + "\n"


if __name__ == "__main__":
    SCHEMA_PATH.write_text(schema_text(), encoding="utf-8")
