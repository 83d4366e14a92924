"""`luwte draw`: a conversation as a flowchart in Mermaid, or as a picture that any browser opens."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from conversations import library, mermaid, svg

if TYPE_CHECKING:
    from pathlib import Path

    from conversations.script import Language


def draw(track: str, picture: Path | None, language: Language) -> int:
    """Prints Mermaid, or writes the picture to this file; 2 where there is no such conversation."""
    scripts = library.load()
    script = scripts.tracks.get(track.lower())
    if script is None:
        known = ", ".join(scripts.tracks)
        print(f"luwte: there is no conversation {track}; known: {known}", file=sys.stderr)
        return 2
    if picture is None:
        print(mermaid.drawn(scripts, script, language), end="")
        return 0
    try:
        picture.write_text(svg.drawn(scripts, script, language), encoding="utf-8")
    except OSError:
        print(f"luwte: {picture} cannot be written", file=sys.stderr)
        return 2
    print(f"{picture} opens in any browser.")
    return 0
