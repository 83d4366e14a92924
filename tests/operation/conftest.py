"""Whole processes of `luwte serve`, and the databases they share."""

from __future__ import annotations

from tests.support.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]
