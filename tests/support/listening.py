"""A conversation of open questions only, heard with the packaged lexicon."""

from __future__ import annotations

import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING

from conversations import library
from tests.support import content
from tests.support.talker import Talker

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon
    from conversations.script import Language
    from conversations.scripts import Scripts

NAMES = "abcdefgh"

HEAD = """\
id: talk
revision: 1
title: { nl: "Praten", en: "Talking" }
door: { nl: "Praten", en: "Talk" }
start: a
steps:
"""

STEP = """\
  NAME:
    kind: open
    slot: NAME
    ask: { nl: "Vraag NAME?", en: "Question NAME?" }
    options:
      ready: { label: { nl: "Klaar NAME", en: "Ready NAME" } }
    EXTRA
    go: GO
"""

BY_THEME = "{ by_theme: { workload: c, manager: c }, otherwise: c }"
"""The way on from the second question, where it matters what somebody spoke about."""

CLOSE = """\
  end:
    kind: close
    say: { nl: "Dat was het.", en: "That was it." }
    summary:
      - { label: { nl: "Eerst", en: "First" }, slot: a }
"""


@cache
def scripts(extra: str = "listen: true", go: str = "b") -> Scripts:
    """Eight open questions, one after the other; `extra` is a line of the first, `go` its way on."""
    with tempfile.TemporaryDirectory() as name:
        folder = content.write(Path(name))
        for track in (folder / "tracks").iterdir():
            track.unlink()
        steps = [
            STEP.replace("NAME", each)
            .replace("GO", {"a": go, "b": BY_THEME}.get(each, following))
            .replace("EXTRA", extra if each == "a" else "listen: true")
            for each, following in zip(NAMES, [*NAMES[1:], "end"], strict=True)
        ]
        words = HEAD + "".join(steps) + CLOSE
        (folder / "tracks" / "talk.yaml").write_text(words, encoding="utf-8")
        packaged = resources.files("conversations") / "content" / "lexicon.yaml"
        (folder / "lexicon.yaml").write_bytes(packaged.read_bytes())
        return library.load(folder)


def talker(language: Language = "nl", extra: str = "listen: true", go: str = "b") -> Talker:
    """Somebody at the first of these questions."""
    me = Talker(scripts(extra, go), language=language)
    me.to_track("talk")
    return me


def lexicon() -> Lexicon:
    """The packaged lexicon."""
    return scripts().lexicon
