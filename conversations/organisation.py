"""An organisation: a Slack workspace or Teams tenant with its settings, as far as the conversation needs them."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, get_args

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from datetime import date

    from conversations.script import Language

Operator = Literal["bureau", "employer", "self"]
"""`self` is the terminal: the person's own computer, and nobody's server."""

Surfaces = Literal["choose", "private"]
"""Whether people may also talk in the chat, or in the private window only."""

Fact = Literal["retention", "surface", "operator", "coaches", "reporting"]
FACTS: tuple[Fact, ...] = get_args(Fact)
"""What is published about an organisation; a change of it is told to everybody who comes back."""


@dataclass(frozen=True, slots=True)
class Leadership:
    """What the leadership published about these conversations: its words, who it was, and the day."""

    words: Mapping[Language, str]
    role: Mapping[Language, str]
    date: date


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody at the organisation who can be turned to: who, how, and (if it is known) when."""

    name: Mapping[Language, str]
    how: Mapping[Language, str]
    when: Mapping[Language, str] | None = None


@dataclass(frozen=True, slots=True)
class Organisation:
    """`operator` says who runs the server and holds the keys, and changes the promise.

    `country` is two letters (ISO 3166-1), or None: then the help lines of every country are shown,
    since a language tells nothing about where someone lives. `retention_days` is at most 90.
    `contacts` stand beside the country's help lines; one that is not sure is left out.
    Requests to coaches leave once a day, at `batch_hour` in `time_zone` (an IANA name); where fewer
    than a hundred `people` come in a month they wait for each other, three days at most.
    """

    label: str
    operator: Operator
    country: str | None = None
    retention_days: int = 90
    leadership: Leadership | None = None
    contacts: tuple[Contact, ...] = ()
    surface: Surfaces = "choose"
    batch_hour: int = 16
    time_zone: str = "Europe/Amsterdam"
    people: int = 0

    def facts(self, coaches: Sequence[str] = ()) -> tuple[str, ...]:
        """The published facts as short words, in the order of `FACTS`; `coaches` are the ids of those
        who serve this organisation.

        Nobody gets a report; whatever changes that must say so here, and everybody is told.
        """
        digest = hashlib.sha256(" ".join(sorted(coaches)).encode()).hexdigest()[:8]
        known = digest if coaches else "none"
        return (str(self.retention_days), self.surface, self.operator, known, "none")
