"""Requests to coaches, their letters, coaches, and what the rounds know."""

from __future__ import annotations

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def _number() -> sa.Column[Any]:
    return sa.Column(
        "k",
        sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
        primary_key=True,
        autoincrement=False,
    )


def upgrade() -> None:
    op.create_table(
        "case",
        _number(),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("organisation", sa.LargeBinary(16), nullable=False),
        sa.Column("state", sa.SmallInteger, nullable=False),
        sa.Column("coach", sa.LargeBinary(16)),
        sa.Column("rounds", sa.SmallInteger, nullable=False),
        sa.Column("expires_week", sa.Integer, nullable=False),
        sa.Column("case_keys", sa.LargeBinary(769), nullable=False),
        sa.Column("card", sa.LargeBinary(8221), nullable=False),
    )
    op.create_table(
        "letter",
        _number(),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("case", sa.LargeBinary(16), nullable=False),
        sa.Column("by_coach", sa.SmallInteger, nullable=False),
        sa.Column("held", sa.SmallInteger, nullable=False),
        sa.Column("sealed", sa.LargeBinary(4285), nullable=False),
    )
    op.create_index("letter_case", "letter", ["case"])
    op.create_table(
        "tombstone",
        _number(),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("expires_week", sa.Integer, nullable=False),
    )
    op.create_table(
        "coach",
        _number(),
        sa.Column("id", sa.LargeBinary(16), nullable=False),
        sa.Column("locator", sa.LargeBinary(16), nullable=False, unique=True),
        sa.Column("notice", sa.SmallInteger, nullable=False),
        sa.Column("gone", sa.SmallInteger, nullable=False),
        sa.Column("desk", sa.LargeBinary(89), nullable=False),
        sa.Column("profile", sa.LargeBinary(4125), nullable=False),
    )
    op.create_table(
        "invitation",
        _number(),
        sa.Column("locator", sa.LargeBinary(16), nullable=False),
        sa.Column("expires_week", sa.Integer, nullable=False),
        sa.Column("profile", sa.LargeBinary(4125), nullable=False),
    )
    op.create_table("job", _number(), sa.Column("ran", sa.BigInteger, nullable=False))
