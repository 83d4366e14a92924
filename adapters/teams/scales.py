"""A scale as rows of numbers to press, with its ends in words below them."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

from adapters.teams.elements import paragraph
from conversations.turn import Button

if TYPE_CHECKING:
    from collections.abc import Callable

    from adapters.teams.activity import Json
    from conversations.turn import Scale

NUMBERS_IN_A_ROW = 4
"""More columns cut "10" off on a narrow telephone with large letters."""


def numbers(scale: Scale, shown: Callable[[Button], Json]) -> list[Json]:
    """Every number is a column to press, by what `shown` makes of its button."""
    names = [str(number) for number in range(scale.lowest, scale.highest + 1)]
    wide = math.ceil(len(names) / math.ceil(len(names) / NUMBERS_IN_A_ROW))
    rows = [names[start : start + wide] for start in range(0, len(names), wide)]
    columns = [
        {
            "type": "ColumnSet",
            "spacing": "Small",
            "columns": [_number(name, shown) for name in names]
            + [{"type": "Column", "width": "stretch"}] * (wide - len(names)),
        }
        for names in rows
    ]
    return [*columns, _ends(scale)]


def _number(name: str, shown: Callable[[Button], Json]) -> Json:
    return {
        "type": "Column",
        "width": "stretch",
        "style": "emphasis",
        "items": [{"type": "TextBlock", "text": name, "horizontalAlignment": "Center"}],
        "selectAction": shown(Button(name, name)),
    }


def _ends(scale: Scale) -> Json:
    named = (
        (f"{scale.lowest} = {scale.low_label}", "Left"),
        (f"{scale.highest} = {scale.high_label}", "Right"),
    )
    return {
        "type": "ColumnSet",
        "spacing": "Small",
        "columns": [
            {
                "type": "Column",
                "width": "stretch",
                "items": paragraph(words, isSubtle=True, size="Small", horizontalAlignment=side),
            }
            for words, side in named
        ],
    }
