"""One turn: the reply that came in, and what goes out.

A `Reply` carries no identity and no time finer than the week. A `Turn` keeps authored text and a
person's own words apart: `says` and `prompt` may stand in a chat message, a `Sheet` may not.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    from conversations.cases import CaseAct, Coaching
    from conversations.script import Language
    from conversations.session import Session, Surface

Control = Literal[
    "skip",
    "back",
    "stop",
    "help",
    "about",
    "language",
    "forget",
    "forget_yes",
    "forget_no",
    "go_on",
    "window",
    "mydata",
    "lock",
    "lock_yes",
    "lock_no",
    "unlock",
    "private",
    "chat",
    "lobby",
    "coach",
    "desk",
]
"""What can be asked at any question, by a button or in words. Option names never collide with these.

`window` means: show this same turn in a private window. The engine answers it with the turn as it
stands; opening the window is the adapter's part. `mydata:2` asks for the second page. `private` and
`chat` choose where the conversation is held; `lobby` asks for what stands outside of it
(`conversations.home`).
"""

CARE = "care_"
"""How the names of buttons below a help card begin; those of options never do."""

PRIVATE: frozenset[str] = frozenset(
    {"window", "mydata", "lock", "lock_yes", "unlock", "private", "coach", "desk"}
)
"""Controls that are answered in a private window, wherever they are pressed."""

HELD: frozenset[str] = frozenset({"private", "coach", "desk"})
"""Those of them after which the conversation is held in that window (`Reply.surface`)."""


def base(name: str) -> str:
    """The control of a button, without the page that it asks for."""
    return name.partition(":")[0]


@dataclass(frozen=True, slots=True, repr=False)
class Reply:
    """What came in, reduced to what the conversation needs.

    Exactly one of these is the case: `said` holds typed words; `pressed` holds the name of an
    option, a number on a scale as text, or a control; neither: the person opened the bot.

    `week` counts weeks since Monday 29 December 1969 (the Monday before the Unix epoch). `token`
    is that of the prompt the button or window belonged to; typed chat has none, unless the adapter
    remembers the last prompt of somebody who has no row yet. `event` is a digest of the platform's
    event id, at most 16 characters. `late` says the words were sent before the open question was
    asked. `seed` is 8 random hexadecimal characters, used when a session is born. `surface` says where
    it came in; a window that was opened for one answer of a conversation in the chat is still "chat",
    and the terminal is neither. `coaching` is what the organisation has to offer (`cases.py`); None
    where nobody can be asked through the bot. `gone`: they removed the bot from their platform, and
    nothing can be shown to them.
    """

    week: int
    seed: str
    said: str | None = None
    pressed: str | None = None
    token: str | None = None
    event: str | None = None
    late: bool = False
    language: Language | None = None
    surface: Surface | None = None
    coaching: Coaching | None = None
    gone: bool = False

    def __repr__(self) -> str:
        return "<reply>"


@dataclass(frozen=True, slots=True)
class Button:
    """`name` comes back as `Reply.pressed`; `label` is authored text, at most 75 characters."""

    name: str
    label: str


@dataclass(frozen=True, slots=True)
class Scale:
    """Every whole number from `lowest` to `highest`, with both ends named."""

    lowest: int
    highest: int
    low_label: str
    high_label: str


@dataclass(frozen=True, slots=True)
class Prompt:
    """The open question. `token` goes into every button, opaque to the adapter, at most 60 characters.

    Of kind `secret`, a passphrase is asked: typed in a private window or the terminal, it comes back
    as `Incoming.secret` and never as words; the options are the ways into that window.

    `typed` says that words are a good answer; then `options` are ready answers beside them.
    `words` are the person's own, and stand in the field already: in a window, never in a message.
    `controls` are the small buttons: skip, back, stop, help and so on. `left` says about how many
    questions there are to the end of this subject, this one included; shown in windows.
    """

    token: str
    kind: Literal["choice", "scale", "open", "secret"]
    ask: str
    options: tuple[Button, ...] = ()
    scale: Scale | None = None
    typed: bool = False
    controls: tuple[Button, ...] = ()
    left: int | None = None
    words: str = field(default="", repr=False)


@dataclass(frozen=True, slots=True, repr=False)
class SheetLine:
    label: str
    words: str

    def __repr__(self) -> str:
        return "<line>"


@dataclass(frozen=True, slots=True, repr=False)
class Sheet:
    """The person's own words. Shown in a private window or the terminal, never in a chat message.

    `opens` is the control that brings it into a private window. Where `lines` are one page of
    several, `whole` is all of it as plain text, for a surface that scrolls or writes a file.
    """

    title: str
    lines: tuple[SheetLine, ...]
    open_label: str
    in_chat: str
    opens: Control = "window"
    whole: str = ""

    def __repr__(self) -> str:
        return "<sheet>"


@dataclass(frozen=True, slots=True, repr=False)
class Turn:
    """What goes out, and what is kept.

    `session` is the session after this turn, or None when there is none to keep. `fate` says what
    happens to the row: "leave" it (nothing is written), "write" the session, or "erase" the row.
    `says` are authored sentences to show before the prompt, each a paragraph. A turn is always
    exactly one message, card or view.

    `wish` asks the reception for what the engine cannot make: a new passphrase, to be shown in a
    sheet. `ticket` is set by the reception: what a private window carries along while a lock is
    open (or a passphrase is being set), opaque, at most 400 characters, never in a chat message.

    `act` is what the store shall do about the person's case, beside keeping the session
    (`conversations/cases.py`).
    """

    session: Session | None
    fate: Literal["leave", "write", "erase"]
    language: Language
    says: tuple[str, ...] = ()
    sheet: Sheet | None = None
    prompt: Prompt | None = None
    wish: Literal["passphrase"] | None = None
    ticket: str | None = None
    act: CaseAct | None = None

    def __repr__(self) -> str:
        return f"<turn {self.fate}>"
