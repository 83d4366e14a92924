"""`[[organisations.LABEL.contacts]]`: people at the organisation who stand beside the help lines."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bot.errors import SettingsError
from conversations.organisation import Contact
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from conversations.script import Language

MOST, LONGEST = 3, 80
"""People, and characters of each text: a card stays short."""


def listed(tables: Any, where: str) -> tuple[Contact, ...]:
    """Raises SettingsError for anything missing, unknown or too long."""
    if not isinstance(tables, list) or len(tables) > MOST:
        raise SettingsError(f"{where}: at most {MOST}, each below a line [{where}]")
    return tuple(_contact(table, where) for table in tables)


def _contact(table: Any, where: str) -> Contact:
    if not isinstance(table, dict) or not {"name", "how"} <= set(table) <= {"name", "how", "when"}:
        raise SettingsError(f"{where}: name and how are needed, when may be added")
    texts = {part: _texts(value, f"{where} {part}") for part, value in table.items()}
    return Contact(texts["name"], texts["how"], texts.get("when"))


def _texts(value: Any, where: str) -> dict[Language, str]:
    if not isinstance(value, dict) or set(value) != set(LANGUAGES):
        raise SettingsError(f'{where}: write {{ nl = "…", en = "…" }}')
    for text in value.values():
        if not isinstance(text, str) or not text.strip() or len(text) > LONGEST or "\n" in text:
            raise SettingsError(f"{where}: one line of at most {LONGEST} characters, in quotes")
    return {language: value[language].strip() for language in LANGUAGES}
