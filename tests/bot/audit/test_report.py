"""The page: a verdict before each sentence, and a status that a script can use."""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot.audit.report import MOST_SHOWN, Report

if TYPE_CHECKING:
    import pytest


def test_one_line_that_is_not_ok_fails_the_whole(capsys: pytest.CaptureFixture[str]) -> None:
    report = Report("Audit")
    report.section("First")
    report.check(True, "all is well here")
    report.tell("KNOWN", "this is said in the documents")
    assert report.end() == 0

    report.check(False, "this is not", ["a", "b"])
    assert report.end() == 1

    out = capsys.readouterr().out
    assert "OK       all is well here" in out
    assert "NOT OK   this is not\n         - a\n         - b" in out
    assert "1 of the lines above are NOT OK." in out


def test_a_flood_of_findings_is_counted_and_not_listed(capsys: pytest.CaptureFixture[str]) -> None:
    Report("Audit").check(False, "many", range(100))

    assert capsys.readouterr().out.count("\n         - ") == MOST_SHOWN + 1
