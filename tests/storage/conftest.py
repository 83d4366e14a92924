"""The stores under test, and the PostgreSQL cluster that one of them needs."""

from tests.support.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]
