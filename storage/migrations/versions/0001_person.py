"""The table of people."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "person",
        sa.Column(
            "k",
            sa.BigInteger().with_variant(sa.Integer(), "sqlite"),
            primary_key=True,
            autoincrement=False,
        ),
        sa.Column("locator", sa.LargeBinary(16), nullable=False),
        sa.Column("epoch", sa.SmallInteger, nullable=False),
        sa.Column("version", sa.BigInteger, nullable=False),
        sa.Column("expires_week", sa.Integer, nullable=False),
        sa.Column("sealed", sa.LargeBinary(8221), nullable=False),
    )
    op.create_index("person_expires_week", "person", ["expires_week"])
