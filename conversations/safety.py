"""Words that must never meet a coaching question, and the help lines that answer them.

Runs first, on every free text of every surface. It misses things, as every list does; that is why
"Help now" stands under every question. Nothing about it is counted, logged or sent.
"""

from __future__ import annotations

from datetime import date  # noqa: TC003  pydantic reads it at run time
from typing import Annotated

from pydantic import Field

from conversations.phrasing import normal, says, without
from conversations.script import Authored, Language, Text


class CrisisList(Authored):
    """`explicit` phrases show the help card; `harmless` ones blank out their own words only.

    `hits` and `misses` are whole answers that the check runs.
    """

    explicit: tuple[str, ...]
    harmless: tuple[str, ...] = ()
    hits: tuple[str, ...]
    misses: tuple[str, ...]


class HelpLine(Authored):
    """A line of the help card: who, how to reach them (`call`, `web`), and when.

    `urgent` lines stand on the card that comes by itself when a life is in danger; more lines
    would only stand in the way there.
    """

    name: Text
    call: str | None = None
    web: str | None = None
    note: Text | None = None
    urgent: bool = False


class Country(Authored):
    """The help lines of one country. `verified_on` is the day somebody last compared them with `sources`."""

    name: Text
    emergency: Annotated[str, Field(pattern=r"^[0-9]{2,4}$")]
    verified_on: date
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    lines: Annotated[tuple[HelpLine, ...], Field(min_length=1)]


class Safety(Authored):
    nl: CrisisList
    en: CrisisList
    countries: dict[Annotated[str, Field(pattern=r"^[A-Z]{2}$")], Country]

    def crisis(self, words: str) -> bool:
        """Whether these words are an explicit sign of danger to a life, in any of the languages.

        Every language is tried, whatever the session's: people in need fall back to their own.
        """
        return any(_explicit(words, crisis) for crisis in (self.nl, self.en))


def _explicit(words: str, crisis: CrisisList) -> bool:
    text = normal(words)
    for phrase in crisis.harmless:
        text = without(phrase, text)
    return any(says(phrase, text) for phrase in crisis.explicit)


def card(
    safety: Safety, country: str | None, language: Language, danger: Text, *, urgent: bool
) -> tuple[str, ...]:
    """The help card, one paragraph a country: that of `country`, or every country when it is not known.

    With `urgent` only the lines for a life in danger.
    """
    known = safety.countries.get(country or "")
    shown = [known] if known else list(safety.countries.values())
    paragraphs = []
    for each in shown:
        name = [each.name.to(language)] if len(shown) > 1 else []
        listed = [line for line in each.lines if line.urgent or not urgent]
        rows = [*name, f"{danger.to(language)}: {each.emergency}"]
        paragraphs.append("\n".join([*rows, *(_row(line, language) for line in listed)]))
    return tuple(paragraphs)


def _row(line: HelpLine, language: Language) -> str:
    reach = " · ".join(part for part in (line.call, line.web) if part)
    note = f" ({line.note.to(language)})" if line.note else ""
    return f"{line.name.to(language)}: {reach}{note}"
