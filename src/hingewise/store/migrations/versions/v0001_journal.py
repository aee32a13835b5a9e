"""The journal: entries and their sets.

No migration goes back: a copy is made before each, and restored instead.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "entry",
        sa.Column("id", sa.String(32), nullable=False),
        sa.Column("on_day", sa.Date, nullable=False),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("exercise", sa.Text, nullable=False),
        sa.Column("pain", sa.Integer),
        sa.Column("note", sa.Text, nullable=False),
        sa.Column("removed_at", sa.DateTime(timezone=True)),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry")),
        sa.CheckConstraint("pain BETWEEN 0 AND 10", name=op.f("ck_entry_pain_range")),
    )
    op.create_index("ix_entry_on_day", "entry", ["on_day", "entered_at"])
    op.create_index("ix_entry_exercise", "entry", ["exercise", "on_day"])
    op.create_table(
        "performed_set",
        sa.Column("entry_id", sa.String(32), nullable=False),
        sa.Column("number", sa.Integer, nullable=False),
        sa.Column("repetitions", sa.Integer, nullable=False),
        sa.Column("hold", sa.Boolean, nullable=False),
        sa.Column("load_kind", sa.String(8), nullable=False),
        sa.Column("load_value", sa.Float, nullable=False),
        sa.Column("load_unit", sa.String(4), nullable=False),
        sa.Column("load_count", sa.Integer, nullable=False),
        sa.Column("load_band", sa.Text, nullable=False),
        sa.Column("rir", sa.Float),
        sa.Column("tempo", sa.Text, nullable=False),
        sa.Column("note", sa.Text, nullable=False),
        sa.PrimaryKeyConstraint("entry_id", "number", name=op.f("pk_performed_set")),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entry.id"], name=op.f("fk_performed_set_entry_id"), ondelete="CASCADE"
        ),
        sa.CheckConstraint("repetitions > 0", name=op.f("ck_performed_set_some_repetitions")),
    )
