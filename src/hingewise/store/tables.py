"""The tables as they are now; how they came to be stands in ``migrations``."""

from __future__ import annotations

from sqlalchemy import (
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    Float,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    UniqueConstraint,
)

VERSION = "0002"
"""Of these tables: the last migration."""

METADATA = MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_name)s",
        "ck": "ck_%(table_name)s_%(constraint_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
        "uq": "uq_%(table_name)s_%(column_0_name)s",
    }
)
"""Names of constraints are given, so that migrations can change them on both databases."""

ENTRY = Table(
    "entry",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("on_day", Date, nullable=False),
    Column("entered_at", DateTime(timezone=True), nullable=False),
    Column("exercise", Text, nullable=False),
    Column("pain", Integer, CheckConstraint("pain BETWEEN 0 AND 10", name="pain_range")),
    Column("note", Text, nullable=False),
    Column("removed_at", DateTime(timezone=True)),
    Index("ix_entry_on_day", "on_day", "entered_at"),
    Index("ix_entry_exercise", "exercise", "on_day"),
)
"""What is taken out stays in the table, with the time at which it was taken out."""

PERFORMED = Table(
    "performed_set",
    METADATA,
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column(
        "repetitions",
        Integer,
        CheckConstraint("repetitions > 0", name="some_repetitions"),
        nullable=False,
    ),
    Column("hold", Boolean, nullable=False),
    Column("load_kind", String(8), nullable=False),
    Column("load_value", Float, nullable=False),
    Column("load_unit", String(4), nullable=False),
    Column("load_count", Integer, nullable=False),
    Column("load_band", Text, nullable=False),
    Column("rir", Float),
    Column("tempo", Text, nullable=False),
    Column("note", Text, nullable=False),
)
"""What is not said is NULL where a number may be missing, and "" of words."""

PLAN = Table(
    "plan",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("made_at", DateTime(timezone=True), nullable=False),
    Column("started_on", Date, nullable=False),
    Column("content", Text, nullable=False),
)
"""Plans as they were made; the latest is the one that counts, and none is ever changed."""

PLAN_CHANGE = Table(
    "plan_change",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("plan_id", ForeignKey("plan.id", ondelete="CASCADE"), nullable=False),
    Column("number", Integer, nullable=False),
    Column("content", Text, nullable=False),
    UniqueConstraint("plan_id", "number"),
)
"""What was changed, numbered from 1: rows are only added, and two programs cannot both be next."""

TECHNIQUE = Table(
    "technique",
    METADATA,
    Column("id", String(32), primary_key=True),
    Column("entry_id", ForeignKey("entry.id", ondelete="CASCADE"), nullable=False),
    Column("told_at", DateTime(timezone=True), nullable=False),
    Column("content", Text, nullable=False),
    Index("ix_technique_entry_id", "entry_id"),
)
"""How the sets of an entry looked; several films and answers may speak of one."""
