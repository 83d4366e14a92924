"""Everything that was authored, loaded once: the scripts, the phrases, the words to listen for."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from conversations.organisation import Organisation
from conversations.replacing import replace

if TYPE_CHECKING:
    from conversations.cases import Coaching
    from conversations.coachtexts import Handoff
    from conversations.desktexts import DeskTexts
    from conversations.faq import Faq
    from conversations.lexicon import Lexicon
    from conversations.phrases import Phrases
    from conversations.safety import Safety
    from conversations.script import Frame, Script
    from conversations.session import Spot


TERMINAL = Organisation("terminal", "self")


@dataclass(frozen=True, slots=True)
class Scripts:
    """`tracks` holds the newest revision of each script, in the order in which they are offered;
    `older` holds revisions that people may still be in the middle of. `lengths` tells of every
    revision how many questions lie before a close, by step (`remaining.py`). `attested` is the short hash of
    code, lock and settings that is shown under "About" (`bot.attest`), or empty. `coach` and `desk` hold
    the texts on either side of a request, `coaching` who can be asked at this moment, where anybody can.
    """

    frame: Frame
    tracks: dict[str, Script]
    phrases: Phrases
    lexicon: Lexicon
    safety: Safety
    coach: Handoff
    desk: DeskTexts
    older: dict[tuple[str, int], Script] = field(default_factory=dict)
    organisation: Organisation = TERMINAL
    attested: str = ""
    faq: Faq = field(default_factory=dict)
    lengths: dict[tuple[str, int], dict[str, int]] = field(default_factory=dict)
    coaching: Coaching | None = None

    def of(self, organisation: Organisation) -> Scripts:
        """The same content with the promise and help lines of this organisation."""
        return replace(self, organisation=organisation)

    def met(self, coaching: Coaching | None) -> Scripts:
        """The same with who can be asked at this moment."""
        known = coaching is None or coaching is self.coaching
        return self if known else replace(self, coaching=coaching)

    @property
    def facts(self) -> tuple[str, ...]:
        """What is published about the organisation at this moment (`Organisation.facts`)."""
        coaches = self.coaching.coaches if self.coaching is not None else ()
        return self.organisation.facts([each.id for each in coaches])

    def left(self, spot: Spot) -> int | None:
        """About how many questions there are from this step to the close of its track, this one included."""
        return self.lengths.get((spot.script, spot.revision), {}).get(spot.step)

    def script(self, spot: Spot) -> Script | Frame | None:
        """The script of the spot in that very revision, or None when it is gone."""
        if spot.script == self.frame.id:
            return self.frame
        newest = self.tracks.get(spot.script)
        if newest is not None and newest.revision == spot.revision:
            return newest
        return self.older.get((spot.script, spot.revision))
