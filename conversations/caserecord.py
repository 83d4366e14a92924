"""The person's part of a case as plain lists, the way it lies in the session's bytes."""

from __future__ import annotations

from typing import Any

from conversations.cases import Card, CardLine, Case, Pending

ALWAYS = ("id", "inbox", "alias", "language", "week")
"""What every record has, since no case is without it."""


def written(case: Case) -> dict[str, Any]:
    """What is empty is left out; `news` is never written."""
    record: dict[str, Any] = {
        name: part
        for name in Case.__slots__
        if name not in ("card", "pending", "news")
        and ((part := getattr(case, name)) or name in ALWAYS)
    }
    record["card"] = [[line.part, line.words] for line in case.card.lines]
    record["pending"] = [
        [each.id, each.kind, each.stamp, each.week, each.to, each.words, each.chosen]
        for each in case.pending
    ]
    return record


def read(record: dict[str, Any]) -> Case:
    """Raises KeyError, TypeError or ValueError where it is no such record."""
    given = dict(record)
    given["card"] = Card(tuple(CardLine(part, words) for part, words in given["card"]))
    given["pending"] = tuple(Pending(*each) for each in given["pending"])
    for name in ("coaches", "declined"):
        given[name] = tuple(given.get(name, ()))
    return Case(**given)
