"""Everything that was authored, loaded once: the scripts, the phrases, the words to listen for."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from conversations.organisation import Organisation

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon
    from conversations.phrases import Phrases
    from conversations.safety import Safety
    from conversations.script import Frame, Script
    from conversations.session import Spot


TERMINAL = Organisation("terminal", "bureau")


@dataclass(frozen=True, slots=True)
class Scripts:
    """`tracks` holds the newest revision of each script, in the order in which they are offered;
    `older` holds revisions that people may still be in the middle of.
    """

    frame: Frame
    tracks: dict[str, Script]
    phrases: Phrases
    lexicon: Lexicon
    safety: Safety
    older: dict[tuple[str, int], Script] = field(default_factory=dict)
    organisation: Organisation = TERMINAL

    def of(self, organisation: Organisation) -> Scripts:
        """The same content with the promise and help lines of this organisation."""
        return replace(self, organisation=organisation)

    def script(self, spot: Spot) -> Script | Frame | None:
        """The script of the spot in that very revision, or None when it is gone."""
        if spot.script == self.frame.id:
            return self.frame
        newest = self.tracks.get(spot.script)
        if newest is not None and newest.revision == spot.revision:
            return newest
        return self.older.get((spot.script, spot.revision))
