"""Whom to reach, per country: the lines for a life in danger, and the ways that are none of those."""

from __future__ import annotations

from datetime import date
from types import MappingProxyType
from typing import TYPE_CHECKING, Annotated, Final, Literal

from pydantic import Field

from conversations.script import Authored, Text

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from conversations.safety.levels import Level
    from conversations.script import Language

Way = Literal["violence", "unequal", "addiction", "contract", "wrongdoing"]
"""What somebody is there for."""

WAYS: Final[Mapping[Level, tuple[Way, ...]]] = MappingProxyType(
    {
        "harassment": ("violence", "unequal"),
        "burnout": (),
        "addiction": ("addiction",),
        "dismissal": ("contract",),
        "wrongdoing": ("wrongdoing",),
    }
)


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


class Route(HelpLine):
    """Somebody to turn to when no life is in danger; `ways` says for what."""

    ways: Annotated[tuple[Way, ...], Field(min_length=1)]


class Country(Authored):
    """The help lines of one country. `verified_on` is the day somebody last compared them with `sources`."""

    name: Text
    emergency: Annotated[str, Field(pattern=r"^[0-9]{2,4}$")]
    verified_on: date
    sources: Annotated[tuple[str, ...], Field(min_length=1)]
    lines: Annotated[tuple[HelpLine, ...], Field(min_length=1)]
    routes: tuple[Route, ...] = ()


def of(countries: Mapping[str, Country], country: str | None) -> tuple[Country, ...]:
    """That country, or every one when it is not known: a language tells nothing about where one lives."""
    known = countries.get(country or "")
    return (known,) if known else tuple(countries.values())


def whole(shown: Sequence[Country], danger: str, language: Language) -> tuple[str, ...]:
    """The card that somebody asked for: a text a country, in which every line stands apart."""
    paragraphs = []
    for each in shown:
        first = "\n".join([*_headed(each, shown, language), f"{danger}:\n{each.emergency}"])
        paragraphs.append("\n\n".join([first, *(reach(line, language) for line in each.lines)]))
    return tuple(paragraphs)


def urgent(shown: Sequence[Country], language: Language) -> tuple[str, ...]:
    """The lines for a life in danger, a paragraph a country."""
    paragraphs = []
    for each in shown:
        rows = [reach(line, language) for line in each.lines if line.urgent]
        if rows:
            paragraphs.append("\n".join([*_headed(each, shown, language), *rows]))
    return tuple(paragraphs)


def routes(shown: Sequence[Country], ways: Sequence[Way], language: Language) -> tuple[str, ...]:
    """Those who are there for one of these; none when the country is not known, rather than a wrong one."""
    if len(shown) != 1:
        return ()
    listed = (route for route in shown[0].routes if set(route.ways) & set(ways))
    return tuple(reach(route, language) for route in listed)


def reach(line: HelpLine, language: Language) -> str:
    """Who it is and when, then the number and the address, each on a line of its own."""
    note = f" ({line.note.to(language)})" if line.note else ""
    return "\n".join(
        part for part in (f"{line.name.to(language)}{note}", line.call, line.web) if part
    )


def _headed(each: Country, shown: Sequence[Country], language: Language) -> Iterator[str]:
    if len(shown) > 1:
        yield each.name.to(language)
