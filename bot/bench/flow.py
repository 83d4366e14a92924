"""The conversation that every bench holds: T4 in the chat, six clicks to four texts of 200 characters."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Literal, Protocol

if TYPE_CHECKING:
    import asyncio

LONG = 200
"""Characters of each text."""

_TEXTS = (
    (
        "Iedereen om mij heen lijkt precies te weten waar het naartoe gaat met het werk. Als ik zeg dat ik "
        "het niet weet, dan voelt dat alsof ik iets niet op orde heb, terwijl mijn werk toch gewoon goed gaat. Nr"
    ),
    (
        "Ik zou zeggen dat dit heel gewoon is, en dat goed werk leveren iets anders is dan weten wat je daarna "
        "leuk vindt. En dat we er samen rustig over kunnen praten, ook als er nog geen antwoord op te geven is. Nr"
    ),
    (
        "Op dagen waarop ik een rapport in alle rust kan schrijven, zonder vergaderingen ertussen, denk ik er "
        "nauwelijks aan. Ook als ik een nieuwe collega iets uitleg over het werk, gaat de tijd echt heel snel. Nr"
    ),
    (
        "Ik wil in elk geval niet meer de hele dag van overleg naar overleg, met een lijst die alleen langer "
        "wordt. Er komt elke week werk bij en er gaat nooit iets af, en dat mag best een keer anders worden. Nr"
    ),
)


@dataclass(frozen=True, slots=True)
class Deed:
    """Something typed, or a button pressed by its name."""

    kind: Literal["say", "press"]
    what: str


def deeds(person: int) -> tuple[Deed, ...]:
    """What this person does; their number ends each text, so that no two are the same."""
    mark = f" {person}"
    texts = [each[: LONG - len(mark)] + mark for each in _TEXTS]
    return (
        Deed("say", "hallo"),
        Deed("press", "nl"),
        Deed("press", "chat"),
        Deed("press", "5"),
        Deed("press", "t4"),
        Deed("say", texts[0]),
        Deed("press", "self"),
        Deed("say", texts[1]),
        Deed("press", "5"),
        Deed("say", texts[2]),
        Deed("say", texts[3]),
    )


STEPS = len(deeds(0))


@dataclass(slots=True)
class Person:
    """Where somebody is: the next step, and the token under the question that stands open.

    `direct`: the next question comes in the answer to the request.
    """

    number: int
    step: int = 0
    token: str = ""
    direct: bool = False
    reply: asyncio.Future[bytes] | None = field(default=None, repr=False)


class Side(Protocol):
    """A platform on both its sides: what people send, and what the bot calls.

    `base` is where the bot reaches it. `people` are those who wait, by the address to which the bot replies.
    """

    base: str
    people: dict[str, Person]

    def address(self, person: Person) -> str: ...

    def request(self, person: Person, deed: Deed) -> bytes:
        """A whole HTTP request, signed at this moment."""
        ...

    def read(self, person: Person, reply: bytes) -> None:
        """Note the token under the question in what the bot sent; empty where there is none."""
        ...

    def answered(self, what: str, body: bytes) -> bytes:
        """The answer to a call of the bot: `what` is its method and path."""
        ...

    def direct(self, deed: Deed, person: Person) -> bool:
        """Whether the reply is the answer to the request itself."""
        ...
