"""The words on buttons, by what they do, so that a better word for one breaks no test."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from conversations import library
from conversations.script import Close

if TYPE_CHECKING:
    from conversations.phrases import Command
    from conversations.script import Language

SCRIPTS = library.load()


@dataclass(frozen=True)
class Labels:
    language: Language

    def of(self, place: str) -> str:
        """`t4.whose.self` is an option of a step, `send` a label, `surfaces.private` a phrase."""
        found: Any = SCRIPTS.phrases
        track, _, rest = place.partition(".")
        if track in SCRIPTS.tracks or track == "frame":
            script = SCRIPTS.tracks.get(track) or SCRIPTS.frame
            step, _, option = rest.partition(".")
            return str(script.steps[step].options[option].label.to(self.language))  # type: ignore[union-attr]
        if hasattr(found.labels, place):
            return str(getattr(found.labels, place).to(self.language))
        for name in place.split("."):
            found = getattr(found, name)
        return str(found.to(self.language))

    def left(self, number: int) -> str:
        return SCRIPTS.phrases.left.to(self.language).replace("{left}", str(number))

    def door(self, track: str) -> str:
        """The button that leads into a track."""
        return SCRIPTS.tracks[track].door.to(self.language)

    def line(self, track: str, number: int = 0) -> str:
        """What a line of the summary of a track is called."""
        ends = [each for each in SCRIPTS.tracks[track].steps.values() if isinstance(each, Close)]
        return ends[0].summary[number].label.to(self.language)

    def ending(self) -> str:
        """The first words of the last thing that is said."""
        end: Any = SCRIPTS.frame.steps["goodbye"]
        return str(end.say.to(self.language)).partition(".")[0]

    def asks(self, place: str) -> str:
        """The question of a step, of variants the first."""
        track, _, step = place.partition(".")
        script: Any = SCRIPTS.tracks.get(track) or SCRIPTS.frame
        ask = script.steps[step].ask
        return str(ask.to(self.language))

    def ends(self, place: str) -> str:
        """The words at the high end of a scale."""
        track, _, step = place.partition(".")
        script: Any = SCRIPTS.tracks.get(track) or SCRIPTS.frame
        return str(script.steps[step].ends[1].to(self.language))

    def command(self, name: Command) -> str:
        """Words to type that steer."""
        return SCRIPTS.phrases.commands[name].of(self.language)[0]
