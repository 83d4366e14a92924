"""A drawing holds every step and every way of the conversation, and can be opened."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING
from xml.etree import ElementTree as ET

import pytest

from conversations import library, mermaid, svg
from conversations.exits import exits, layers

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts


@cache
def packaged() -> Scripts:
    return library.load()


TRACKS = tuple(packaged().tracks)


@pytest.mark.parametrize("track", TRACKS)
def test_the_flowchart_names_every_step_and_every_way(track: str) -> None:
    script = packaged().tracks[track]

    drawn = mermaid.drawn(packaged(), script, "nl").splitlines()

    assert drawn[0] == "flowchart TD"
    for name, step in script.steps.items():
        assert any(
            line.startswith((f"  s_{name}[", f"  s_{name}(", f"  s_{name}{{")) for line in drawn
        )
        for way in exits(step, packaged().lexicon.themes, "nl"):
            end = f"s_{way.target}" if way.inside else f"away_{way.target.rpartition(':')[2]}"
            assert any(line.startswith(f"  s_{name} -->") and line.endswith(end) for line in drawn)


def test_marks_of_mermaid_in_a_text_are_written_as_entities() -> None:
    assert mermaid._quoted('Zeg "ja" #1') == '"Zeg #quot;ja#quot; #35;1"'


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("track", TRACKS)
def test_the_picture_is_well_formed_and_no_card_lies_over_another(
    track: str, language: Language
) -> None:
    script = packaged().tracks[track]

    picture = ET.fromstring(svg.drawn(packaged(), script, language))
    cards = [
        tuple(int(each.attrib[key]) for key in ("x", "y", "width", "height"))
        for each in picture.iter("{http://www.w3.org/2000/svg}rect")
        if "x" in each.attrib
    ]

    assert len(cards) == len(script.steps)
    for number, (x, y, wide, high) in enumerate(cards):
        assert x + wide < int(picture.attrib["width"])
        assert y + high < int(picture.attrib["height"])
        for other_x, other_y, *_ in cards[number + 1 :]:
            assert other_x != x or not y <= other_y < y + high


@pytest.mark.parametrize("track", TRACKS)
def test_every_way_leads_to_the_right(track: str) -> None:
    script = packaged().tracks[track]
    depth = layers(script, packaged().lexicon.themes, "nl")

    for name, step in script.steps.items():
        for way in exits(step, packaged().lexicon.themes, "nl"):
            assert not way.inside or depth[way.target] > depth[name]
