"""The documents say how much the audit does, in the numbers that are counted here."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from bot.audit.canaries import Town
from bot.audit.points import POINTS
from bot.audit.scanner import Scanner
from bot.audit.seeds import seeds

HOME = Path(__file__).parents[3]


def said(document: str, pattern: str) -> set[int]:
    text = " ".join((HOME / document).read_text(encoding="utf-8").split())
    return {int(number) for number in re.findall(pattern, text)}


@pytest.mark.parametrize("document", ["bot/README.md", "storage/THREAT-MODEL.md"])
def test_so_many_leaks_are_planted(document: str) -> None:
    assert said(document, r"plants (\d+) leaks") == {len(seeds()) + 1}


def test_so_many_functions_are_made_to_fail() -> None:
    assert said("bot/README.md", r"then (\d+) functions are made to fail") == {len(POINTS)}


def test_so_many_patterns_are_searched_for() -> None:
    scanner = Scanner.of(Town("qzvxkwjb"), [])

    assert said("bot/README.md", r"means (\d+) patterns") == {len(scanner.fast)}
