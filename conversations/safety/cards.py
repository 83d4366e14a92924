"""What stands on the card of each level: short lines, a number on a line of its own, no question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Final

from pydantic import Field

from conversations.safety.helplines import WAYS, routes, urgent
from conversations.script import Authored, Language, Text

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.organisation import Contact
    from conversations.safety.helplines import Country
    from conversations.safety.levels import Heard

Lines = Annotated[tuple[Text, ...], Field(min_length=1)]

MOST_LINES: Final = 7
"""Of a card in a country that is known, an organisation's own contacts not counted."""


class CareLabels(Authored):
    """The buttons below a card. Each at most 22 characters."""

    work: Text
    work_other: Text
    not_now: Text
    yes: Text
    yes_other: Text
    unsure: Text
    stuck: Text
    message: Text
    quiet: Text
    later: Text
    bother: Text
    cost: Text
    known: Text
    chat: Text
    menu: Text
    light: Text
    on: Text


class Care(Authored):
    """Every text about safety; the comments in `content/care.yaml` say when each is said."""

    labels: CareLabels
    ask: Text
    ask_past: Text
    ask_other: Text
    false_alarm: Text
    acute: Text
    other: Text
    harm_other: Text
    harassment: Lines
    burnout: Lines
    addiction: Lines
    dismissal: Lines
    wrongdoing: Lines
    contacts: Text
    ask_further: Text
    ask_stuck: Text
    bother: Text
    cost: Text
    known: Text
    chat: Text
    message: Lines
    quiet: Lines
    later: Text

    def card(
        self,
        heard: Heard,
        countries: Sequence[Country],
        language: Language,
        *,
        danger: str,
        intro: Sequence[str],
    ) -> tuple[str, ...]:
        """The paragraphs of the card for what was heard, with the lines of these countries.

        `danger` stands above the emergency number; `intro` is what is said first on the card for a
        life in danger, and after it what is said last on each of those cards.
        """
        number = _emergency(danger, countries, language)
        lines = urgent(countries, language)
        first, end = intro[0], tuple(intro[1:])
        match heard.level:
            case "L3":
                return (number, self.acute.to(language), *lines, *end)
            case "harm_other":
                return (self.harm_other.to(language), number, *lines, *end)
            case "harassment" | "burnout" | "addiction" | "dismissal" | "wrongdoing":
                said: tuple[Text, ...] = getattr(self, heard.level)
                ways = routes(countries, WAYS[heard.level], language)
                return (*(each.to(language) for each in said), *ways)
            case _:
                opening = self.other.to(language) if heard.about == "other" else first
                return (opening, *lines, number, *end)

    def own(self, contacts: Sequence[Contact], language: Language) -> tuple[str, ...]:
        """The people an organisation named itself, in one paragraph; none when it named nobody."""
        if not contacts:
            return ()
        rows = [self.contacts.to(language)]
        for each in contacts:
            when = f" ({each.when[language]})" if each.when else ""
            rows.append(f"{each.name[language]}{when}\n{each.how[language]}")
        return ("\n".join(rows),)

    def web(self, countries: Sequence[Country], language: Language) -> tuple[str, ...]:
        """Where somebody can chat who would rather not call."""
        found = [
            f"{line.name.to(language)}\n{line.web}"
            for country in countries
            for line in country.lines
            if line.urgent and line.web
        ]
        return (self.chat.to(language), *found)


def _emergency(danger: str, countries: Sequence[Country], language: Language) -> str:
    """The emergency number, once when all countries share it."""
    by_number: dict[str, list[str]] = {}
    for each in countries:
        by_number.setdefault(each.emergency, []).append(each.name.to(language))
    if len(by_number) == 1:
        return f"{danger}:\n{next(iter(by_number))}"
    rows = [f"{', '.join(names)}: {number}" for number, names in by_number.items()]
    return "\n".join([f"{danger}:", *rows])
