"""What is published about an organisation is noted when it changes, and can be listed with its days."""

from __future__ import annotations

import json
import stat
from datetime import date
from typing import TYPE_CHECKING

from bot import facts
from bot.facts import FILE, Change
from conversations.organisation import FACTS, Organisation

if TYPE_CHECKING:
    from pathlib import Path

MILL, BANK = Organisation("mill", "bureau", "NL", 90), Organisation("bank", "employer", "NL", 90)
MONDAY, TUESDAY = date(2026, 11, 23), date(2026, 11, 24)


def published(*organisations: Organisation) -> dict[str, tuple[str, ...]]:
    return {each.label: each.facts() for each in organisations}


def test_nothing_is_written_while_nothing_changes(tmp_path: Path) -> None:
    for day in (MONDAY, TUESDAY):
        facts.note(tmp_path, published(MILL, BANK), day)

    assert len((tmp_path / FILE).read_text(encoding="utf-8").splitlines()) == 2


def test_a_change_is_listed_with_its_day_and_what_it_was_before(tmp_path: Path) -> None:
    facts.note(tmp_path, published(MILL), MONDAY)
    facts.note(tmp_path, published(Organisation("mill", "employer", "NL", 90)), TUESDAY)

    found = facts.changes(tmp_path)

    assert [change.fact for change in found[: len(FACTS)]] == list(FACTS)
    assert {change.before for change in found[: len(FACTS)]} == {None}
    assert found[len(FACTS) :] == [Change("2026-11-24", "mill", "operator", "bureau", "employer")]


def test_organisations_are_told_apart(tmp_path: Path) -> None:
    facts.note(tmp_path, published(MILL), MONDAY)
    facts.note(tmp_path, published(MILL, BANK), TUESDAY)

    assert {change.organisation for change in facts.changes(tmp_path)[len(FACTS) :]} == {"bank"}


def test_an_organisation_in_slack_and_teams_is_noted_once(tmp_path: Path) -> None:
    facts.note(tmp_path, published(MILL, MILL), MONDAY)

    assert len(facts.read(tmp_path)) == 1


def test_the_file_is_the_owners_and_holds_settings_and_days_only(tmp_path: Path) -> None:
    facts.note(tmp_path, published(MILL), MONDAY)
    path = tmp_path / FILE

    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert json.loads(path.read_text(encoding="utf-8")) == {
        "day": "2026-11-23",
        "organisation": "mill",
        "facts": ["90", "choose", "bureau", "none", "none"],
    }


def test_a_damaged_line_is_passed_over(tmp_path: Path) -> None:
    facts.note(tmp_path, published(MILL), MONDAY)
    with (tmp_path / FILE).open("a", encoding="utf-8") as file:
        file.write('{"day": 1}\n[]\nnonsense\n')
    facts.note(tmp_path, published(MILL), TUESDAY)

    assert len(facts.read(tmp_path)) == 1


def test_without_a_file_there_are_no_changes_and_an_unwritable_folder_stops_nothing(
    tmp_path: Path,
) -> None:
    (tmp_path / "taken").write_text("", encoding="utf-8")

    facts.note(tmp_path / "taken", published(MILL), MONDAY)

    assert facts.changes(tmp_path / "taken") == []
