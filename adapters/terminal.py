"""Talk to the bot in a terminal or through a pipe; also the simplest example of an adapter."""

from __future__ import annotations

import shutil
import textwrap
from dataclasses import replace
from typing import TYPE_CHECKING, TextIO

from adapters import private_file
from adapters.faults import coded, fault
from adapters.identity import PlatformId
from adapters.incoming import Incoming
from conversations.commands import command
from conversations.errors import LuwteError
from conversations.turn import base
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from conversations.phrases import Phrases
    from conversations.script import Language
    from conversations.turn import Prompt, Turn

PLATFORM, TENANT = "terminal", "local"
ME = PlatformId(PLATFORM, TENANT, "me")
WIDEST = 76


class Terminal:
    """One person, one line at a time. `take` answers one reply; it blocks until the turn is kept."""

    def __init__(
        self, *, take: Callable[[Incoming], Turn], phrases: Phrases, out: TextIO, colour: bool
    ) -> None:
        self._take = take
        self._phrases = phrases
        self._out = out
        self._ticket: str | None = None
        self._saving: Turn | None = None
        self.hidden = False
        """Whether the next line is a passphrase: to be read without showing it."""
        self._dim, self._bold, self._plain = (
            ("\033[2m", "\033[1m", "\033[0m") if colour else ("", "", "")
        )

    def talk(self, lines: Iterator[str], language: Language | None) -> None:
        """From the first word to the end of `lines`; KeyboardInterrupt is for the caller."""
        turn = self._take(Incoming(language=language))
        if language is not None and turn.language != language:
            turn = self._take(Incoming(pressed="language"))
        self._hint(turn)
        self._show(turn)
        for line in lines:
            self._out.write("\n")
            turn = self._answer(turn, line.rstrip("\r\n"), language)
            self._show(turn)

    def bye(self, language: Language | None) -> None:
        """The last line after Ctrl-C."""
        self._out.write("\n")
        self._paragraph(self._phrases.terminal_bye.to(language or "en"))

    def _answer(self, turn: Turn, line: str, language: Language | None) -> Turn:
        saving, self._saving = self._saving, None
        if saving is not None:
            return self._saved(saving, line)
        brought = self._read(turn, line, language)
        try:
            after = self._take(brought)
        except LuwteError as error:
            told = coded(self._phrases.trouble, fault(error))
            self._paragraph(told.to(turn.language))
            return turn
        if brought.said is not None and command(self._phrases, line, turn.language) == "save":
            return self._offer_to_save(after)
        return after

    def _read(self, turn: Turn, line: str, language: Language | None) -> Incoming:
        """What a line means: a passphrase where one is asked, a button's number, or words."""
        token = turn.prompt.token if turn.prompt else None
        brought = Incoming(token=token, language=language, ticket=self._ticket)
        if self.hidden:
            entered = line.strip()
            return replace(brought, secret=line) if entered else replace(brought, pressed="lock_no")
        option = _option(turn.prompt, line)
        return replace(brought, pressed=option) if option else replace(brought, said=line)

    def _offer_to_save(self, turn: Turn) -> Turn:
        """Say what is going to be written, and where; the next line decides."""
        if turn.sheet is None or not turn.sheet.whole:
            return turn
        save = self._phrases.save
        file = save.file.to(turn.language)
        self._saving = turn
        told = filled(save.ask, turn.language, file=file)
        return replace(turn, says=(told,), sheet=None, prompt=None)

    def _saved(self, turn: Turn, line: str) -> Turn:
        """Write it after a yes; the open question comes back in any case."""
        back = replace(turn, says=(), sheet=None)
        if turn.sheet is None or command(self._phrases, line, turn.language) != "yes":
            return back
        save = self._phrases.save
        file = save.file.to(turn.language)
        try:
            told = save.written if private_file.write(file, turn.sheet.whole) else save.exists
        except OSError:
            told = save.failed
        return replace(back, says=(filled(told, turn.language, file=file),))

    def _hint(self, turn: Turn) -> None:
        if turn.prompt is not None and turn.prompt.token != "new.-.-":  # noqa: S105
            self._paragraph(self._phrases.terminal_hint.to(turn.language), self._dim)
            self._out.write("\n")

    def _show(self, turn: Turn) -> None:
        self._ticket = turn.ticket
        self.hidden = turn.prompt is not None and turn.prompt.kind == "secret"
        for paragraph in turn.says:
            self._paragraph(paragraph)
            self._out.write("\n")
        if turn.sheet is not None and turn.sheet.whole:
            self._paragraph(turn.sheet.whole, indent="  ")
        elif turn.sheet is not None:
            self._paragraph(turn.sheet.title, self._bold)
            for row in turn.sheet.lines:
                self._paragraph(f"{row.label}:", indent="  ")
                self._paragraph(row.words, indent="    ")
            self._out.write("\n")
        if turn.prompt is not None:
            self._ask(turn.prompt)
        self._out.flush()

    def _ask(self, prompt: Prompt) -> None:
        self._paragraph(prompt.ask, self._bold)
        options = () if prompt.kind == "secret" else prompt.options
        for number, button in enumerate(options, start=1):
            self._out.write(f"  {number}  {button.label}\n")
        if prompt.scale is not None:
            scale = prompt.scale
            self._paragraph(f"{scale.lowest} = {scale.low_label}", indent="  ")
            self._paragraph(f"{scale.highest} = {scale.high_label}", indent="  ")
        if prompt.controls:
            shown = (each for each in prompt.controls if base(each.name) == each.name)
            row = " · ".join(button.label for button in shown)
            self._paragraph(row, self._dim, indent="  ")

    def _paragraph(self, text: str, style: str = "", indent: str = "") -> None:
        width = self._width()
        for row in text.splitlines() or [""]:
            filled = textwrap.fill(row, width, initial_indent=indent, subsequent_indent=indent)
            self._out.write(f"{style}{filled}{self._plain if style else ''}\n")

    def _width(self) -> int:
        return max(min(shutil.get_terminal_size().columns - 2, WIDEST), 30)


def _option(prompt: Prompt | None, line: str) -> str | None:
    """The button that a number chooses; on a scale the number is the answer itself."""
    typed = line.strip()
    if (
        prompt is None
        or prompt.kind in ("scale", "secret")
        or not (typed.isascii() and typed.isdecimal())
    ):
        return None
    index = int(typed[:4]) - 1
    return prompt.options[index].name if 0 <= index < len(prompt.options) else None
