"""Kinds of records that have a page: what is listed, shown and searched, the likeliest first."""

from __future__ import annotations

PAGE_KINDS = (
    "exercises",
    "faults",
    "drills",
    "ladders",
    "warm_ups",
    "topics",
    "muscles",
    "equipment",
    "flags",
)
