"""A reception that gives prepared turns, for whoever tests a platform and not the conversation."""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

from adapters.incoming import StrangerError, Taken
from conversations.turn import Button, Prompt, Scale, Sheet, SheetLine, Turn
from tests.support import content

if TYPE_CHECKING:
    from typing import Literal

    from adapters.identity import PlatformId
    from adapters.incoming import Incoming
    from conversations.script import Language
    from conversations.scripts import Scripts

OWN_WORDS = "quokka-own-words"
"""What a person wrote, in a sheet: a word that occurs nowhere else."""

CONTROLS = ("skip", "help", "back", "stop", "about", "language", "forget")


class PreparedReception:
    """Gives its turns one by one, the last one for ever. A second delivery joins the first.

    `errors` are raised first, one for each turn that is asked for.
    """

    def __init__(self, *turns: Turn, homes: tuple[tuple[str, str], ...]) -> None:
        self.turns = deque(turns or (a_turn(),))
        self.errors: deque[Exception] = deque()
        self.taken: list[tuple[PlatformId, Incoming]] = []
        self._homes = homes
        self._outcomes: dict[str, Turn] = {}

    def knows(self, platform: str, tenant: str) -> bool:
        return (platform, tenant) in self._homes

    def scripts(self, platform: str, tenant: str) -> Scripts:
        if not self.knows(platform, tenant):
            raise StrangerError
        return content.scripts()

    async def take(self, who: PlatformId, incoming: Incoming) -> Taken:
        self.taken.append((who, incoming))
        if self.errors:
            raise self.errors.popleft()
        key = incoming.event or f"unnamed-{len(self.taken)}"
        if key in self._outcomes:
            return Taken(self._outcomes[key], again=True, key=key)
        turn = self.turns.popleft() if len(self.turns) > 1 else self.turns[0]
        self._outcomes[key] = turn
        return Taken(turn, again=False, key=key)


def a_turn(
    *says: str,
    language: Language = "en",
    sheet: Sheet | None = None,
    prompt: Prompt | Literal["open"] | None = "open",
) -> Turn:
    """A turn that asks an open question, unless said otherwise."""
    asked = an_open_question() if prompt == "open" else prompt
    return Turn(None, "leave", language, says, sheet, asked)


def an_open_question(*options: Button, ask: str = "What did you see?") -> Prompt:
    return Prompt("a1b2c3d4.3", "open", ask, options, typed=True, controls=_controls())


def a_choice(*options: Button, ask: str = "Where to?") -> Prompt:
    shown = options or (Button("wood", "In the wood"), Button("town", "In town"))
    return Prompt("a1b2c3d4.4", "choice", ask, shown, controls=_controls())


def a_scale(lowest: int = 0, highest: int = 10) -> Prompt:
    scale = Scale(lowest, highest, "fog", "clear")
    return Prompt("a1b2c3d4.5", "scale", "How clear is it?", scale=scale, controls=_controls())


def a_sheet(*lines: SheetLine) -> Sheet:
    return Sheet(
        title="Your summary",
        lines=lines or (SheetLine("What you saw", OWN_WORDS),),
        open_label="Read it",
        in_chat="Your own words are in a private window.",
    )


def _controls() -> tuple[Button, ...]:
    return tuple(Button(name, f"{name} it") for name in CONTROLS)
