"""People whom an organisation names itself are read whole, or the whole file is refused."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from bot import organisations
from bot.errors import SettingsError
from conversations.organisation import Contact

if TYPE_CHECKING:
    from pathlib import Path

NAMED = """
[organisations.a]
operator = "bureau"
slack_team = "TMILL"
[[organisations.a.contacts]]
name = { nl = "Vertrouwenspersoon", en = "Confidential adviser" }
how = { nl = "010 1", en = "010 1" }
when = { nl = "op werkdagen", en = "on working days" }
[[organisations.a.contacts]]
name = { nl = "Bedrijfsarts", en = "Company doctor" }
how = { nl = "arts.example", en = "arts.example" }
"""


def read(folder: Path, toml: str) -> tuple[Contact, ...]:
    config = folder / "luwte.toml"
    config.write_text(toml)
    found = organisations.organisations({"LUWTE_CONFIG": str(config)})
    return found["slack", "TMILL"].contacts


def test_each_stands_with_name_way_and_hours_in_both_languages(tmp_path: Path) -> None:
    adviser, doctor = read(tmp_path, NAMED)

    assert adviser.name["nl"] == "Vertrouwenspersoon"
    assert adviser.when == {"nl": "op werkdagen", "en": "on working days"}
    assert doctor == Contact(
        {"nl": "Bedrijfsarts", "en": "Company doctor"},
        {"nl": "arts.example", "en": "arts.example"},
    )


@pytest.mark.parametrize(
    ("old", "new", "says"),
    [
        ('how = { nl = "arts.example", en = "arts.example" }\n', "", "name and how are needed"),
        ("when = ", "hours = ", "name and how are needed"),
        ('"Bedrijfsarts", en', '"Bedrijfsarts", de', 'nl = "…", en = "…"'),
        ('"Bedrijfsarts"', '" "', "one line of at most 80"),
        ('"Bedrijfsarts"', f'"{"x" * 81}"', "one line of at most 80"),
        ('"Bedrijfsarts"', '"een\\ntwee"', "one line of at most 80"),
        (
            '[[organisations.a.contacts]]\nname = { nl = "Vertrouwenspersoon"',
            '[organisations.a.contacts]\nname = 1\n[[organisations.a.contacts]]\nname = { nl = "V"',
            "TOML",
        ),
    ],
)
def test_a_row_that_is_not_sure_is_refused(tmp_path: Path, old: str, new: str, says: str) -> None:
    assert old in NAMED

    with pytest.raises(SettingsError, match=re.escape(says)):
        read(tmp_path, NAMED.replace(old, new, 1))


def test_more_than_three_make_no_short_card(tmp_path: Path) -> None:
    one = NAMED[NAMED.index('[[organisations.a.contacts]]\nname = { nl = "Bedrijfsarts') :]

    with pytest.raises(SettingsError, match="at most 3"):
        read(tmp_path, NAMED + one + one)
