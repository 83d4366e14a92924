"""An organisation: a Slack workspace or Teams tenant with its settings, as far as the conversation needs them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

Operator = Literal["bureau", "employer"]


@dataclass(frozen=True, slots=True)
class Organisation:
    """`operator` says who runs the server and holds the keys, and changes the promise.

    `country` is two letters (ISO 3166-1), or None: then the help lines of every country are shown,
    since a language tells nothing about where someone lives. `retention_days` is at most 90.
    """

    label: str
    operator: Operator
    country: str | None = None
    retention_days: int = 90
