"""A conversation as a Mermaid flowchart, from the data, so that the drawing cannot drift.

https://mermaid.js.org/syntax/flowchart.html
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.exits import exits, question
from conversations.script import TRACKS, Close, Scale

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.script import Language, Script, Step
    from conversations.scripts import Scripts


def drawn(scripts: Scripts, script: Script, language: Language) -> str:
    """The flowchart as text, ending in a new line."""
    return "\n".join(["flowchart TD", *_lines(scripts, script, language)]) + "\n"


def _lines(scripts: Scripts, script: Script, language: Language) -> Iterator[str]:
    """Names get a prefix, since `end` is a word of Mermaid's own."""
    for name, step in script.steps.items():
        yield f"  s_{name}{_shape(step, _quoted(question(step, language)))}"
    away: dict[str, str] = {}
    for name, step in script.steps.items():
        merged: dict[str, list[str]] = {}
        for way in exits(step, scripts.lexicon.themes, language):
            merged.setdefault(way.target, []).append(way.label)
        for target, labels in merged.items():
            end = (
                f"s_{target}" if target in script.steps else away.setdefault(target, _away(target))
            )
            yield f"  s_{name} -->|{_quoted(' · '.join(labels))}| {end}"
    for target, end in away.items():
        yield f"  {end}[[{_quoted(_title(scripts, target, language))}]]"


def _shape(step: Step, text: str) -> str:
    if isinstance(step, Close):
        return f"([{text}])"
    return f"{{{{{text}}}}}" if isinstance(step, Scale) else f"[{text}]"


def _away(target: str) -> str:
    return f"away_{target.rpartition(':')[2]}"


def _title(scripts: Scripts, target: str, language: Language) -> str:
    track = scripts.tracks.get(target.rpartition(":")[2])
    if target == TRACKS or track is None:
        return target
    return track.title.to(language)


def _quoted(text: str) -> str:
    """Marks that mean something in Mermaid are written as its entities."""
    plain = " ".join(text.split()).replace("#", "#35;").replace('"', "#quot;")
    return f'"{plain}"'
