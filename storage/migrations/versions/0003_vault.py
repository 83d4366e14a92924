"""Sealed values of the server itself, such as the token of an installation."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "vault",
        sa.Column("label", sa.LargeBinary(16), primary_key=True),
        sa.Column("sealed", sa.LargeBinary(1053), nullable=False),
    )
