"""The long proofs: run by `make soak`, left out of `make test`."""

from tests.support.postgres import postgres_server, postgres_url

__all__ = ["postgres_server", "postgres_url"]
