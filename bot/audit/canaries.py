"""Invented people whose every id, name and sentence carries a mark that occurs nowhere else."""

from __future__ import annotations

import base64
import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING

from conversations.passphrase import grouped

if TYPE_CHECKING:
    from conversations.script import Language

RARE = "bcdfghjkqvwxz"
"""Letters that make a mark look like no word of any language, and like no number."""

LONG = 8
KINDS = {
    "ii": "platform id",
    "nn": "name or e-mail",
    "tt": "typed words",
    "aa": "address of an answer",
    "ss": "code of a lock",
    "ee": "ticket of a lock",
    "pp": "passphrase of a desk",
}
"""The letters behind a mark, and what they say was found; two, since base64 may cut the second."""

SENTENCES: dict[Language, tuple[str, ...]] = {
    "nl": (
        "ik wil weten of ik {} nog wel leuk vind",
        "mijn leidinggevende noemt {} mijn volgende stap",
        "het gaat over {} en over mijn loon",
        "ik zou {} willen leren",
        "{} kost me te veel energie",
    ),
    "en": (
        "i wonder whether {} still suits me",
        "my manager calls {} my next step",
        "it is about {} and about my pay",
        "i would like to learn {}",
        "{} takes too much of my energy",
    ),
}


def mark() -> str:
    """A new mark, for one run: what an earlier run left behind is not mistaken for this one's."""
    return "".join(secrets.choice(RARE) for _ in range(LONG))


@dataclass(frozen=True, slots=True)
class Town:
    """An invented organisation in Slack and Teams, and the mark of everybody in it."""

    mark: str

    @property
    def slack_team(self) -> str:
        return f"T0{self.mark.upper()}II00"

    @property
    def teams_tenant(self) -> str:
        return f"7d0c1f2e-{self.mark}ii00"

    @property
    def grouped(self) -> str:
        """How the mark begins a code as it is shown to be copied: `bcdf-ghjk`, in small letters."""
        return f"{self.mark[:4]}-{self.mark[4:]}"

    @property
    def untied(self) -> bytes:
        """What is left of the mark in a ticket that was decoded."""
        return base64.urlsafe_b64decode(self.mark)

    def person(self, number: int) -> Invented:
        return Invented(self, number)


@dataclass(frozen=True, slots=True)
class Invented:
    """Somebody of this town; everything that a platform would tell about them."""

    town: Town
    number: int

    @property
    def _code(self) -> str:
        return f"{self.number:02d}"

    def _marked(self, kind: str) -> str:
        return f"{self.town.mark}{kind}{self._code}"

    @property
    def slack_user(self) -> str:
        return f"U0{self._marked('ii').upper()}"

    @property
    def slack_channel(self) -> str:
        return f"D0{self._marked('ii').upper()}"

    @property
    def teams_user(self) -> str:
        return f"29:1{self._marked('ii')}-u"

    @property
    def conversation(self) -> str:
        return f"a:1{self._marked('ii')}-c"

    @property
    def directory_id(self) -> str:
        return f"0b8e5d1c-{self._marked('ii')}-d"

    @property
    def name(self) -> str:
        return f"Karla {self._marked('nn').capitalize()}"

    @property
    def mail(self) -> str:
        return f"karla.{self._marked('nn')}@corp.example"

    @property
    def response_url(self) -> str:
        return f"https://hooks.slack.invalid/actions/{self._marked('aa')}"

    @property
    def trigger(self) -> str:
        return f"1.2.{self._marked('aa')}"

    def code(self, count: int = 0) -> str:
        """The thirteen symbols of a code of theirs, another one for each `count`."""
        return f"{self._marked('ss')[:-2]}{RARE[count % len(RARE)]}{self._code}"

    @property
    def desk_code(self) -> str:
        """The thirteen symbols of the passphrase of their desk, if they are a coach."""
        return f"{self._marked('pp')[:-2]}{RARE[-1]}{self._code}"

    @property
    def ticket_mark(self) -> str:
        """Twelve characters that stand in each ticket of theirs."""
        return self._marked("ee")

    @property
    def codes(self) -> dict[str, str]:
        """What could be hashed to recognise a code."""
        return {
            "code of a lock": self.code(),
            "code of a lock, grouped": grouped(self.code()),
            "second code of a lock": self.code(1),
            "passphrase of a desk": self.desk_code,
            "passphrase of a desk, grouped": grouped(self.desk_code),
        }

    @property
    def identifiers(self) -> dict[str, str]:
        """What could be hashed or written by whoever wants to recognise them."""
        return {
            "Slack id": self.slack_user,
            "Slack channel": self.slack_channel,
            "Teams id": self.teams_user,
            "Teams conversation": self.conversation,
            "directory id": self.directory_id,
            "name": self.name,
            "e-mail": self.mail,
        }

    def words(self, count: int, language: Language) -> str:
        """A sentence that only this person can have typed, another one for each `count`."""
        sentences = SENTENCES[language]
        return sentences[count % len(sentences)].format(f"{self._marked('tt')}x{count}")
