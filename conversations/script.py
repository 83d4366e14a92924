"""An authored conversation as a value: a script, its steps, and where each answer leads.

Every class here mirrors what a coach writes in a YAML file; `conversations/README.md` teaches the
format, `library.py` reads it, `check.py` finds what a schema cannot see.
"""

from __future__ import annotations

from functools import cached_property
from typing import Annotated, Literal

from pydantic import BaseModel, BeforeValidator, ConfigDict, Field

from conversations.phrasing import needle, says

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

TRACKS = "tracks"
"""The target that means: back to the choice of track."""

TRACK_PREFIX = "track:"
"""A target `track:ID` leads to another conversation; to the choice of track where it does not exist."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Target = Annotated[str, Field(pattern=r"^(track:)?[a-z][a-z0-9_]*$", max_length=48)]
Scored = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*\.[a-z][a-z0-9_]*$", max_length=81)]
Heard = Annotated[str, Field(pattern=r"[^\W_]")]
"""Words that are listened for; a * by itself stands for any one word beside them."""

Day = Annotated[str, Field(pattern=r"^([0-9]{4}-[0-9]{2}-[0-9]{2})?$")]


def _listed(value: object) -> object:
    """A single text stands for a list of one."""
    return value if isinstance(value, list | tuple) else (value,)


Variants = Annotated[
    tuple[Annotated[str, Field(min_length=1)], ...],
    BeforeValidator(_listed),
    Field(min_length=1),
]


class Authored(BaseModel):
    """A value that a writer wrote: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Text(Authored):
    """One sentence or a few, in every language. `{slot}` and `{slot-2}` insert a number given on a scale."""

    nl: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def to(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


class Said(Authored):
    """What is said in the course of a conversation: a text, or variants of it for whoever meets it twice.

    Both languages have the same number of variants; `wording.say` chooses.
    """

    nl: Variants
    en: Variants

    def to(self, language: Language, nth: int = 0) -> str:
        """The text; of variants the `nth`, counted round and round."""
        variants = self.nl if language == "nl" else self.en
        return variants[nth % len(variants)]


class ByTheme(Authored):
    """A branch on what was heard in the answer; the first theme listed that was heard wins."""

    by_theme: dict[Name, Target]
    otherwise: Target


Go = Target | ByTheme


class Option(Authored):
    """A button. Without `go` of its own it leads where its step leads.

    `say` is said before the next question. `do: coach` leads to a request to a coach, and is there
    only where one can be asked; the other two belong to the frame of a session. With `fills: false`
    the button leads on and leaves the slot empty.
    """

    label: Text
    go: Go | None = None
    theme: Name | None = None
    say: Said | None = None
    fills: bool = True
    do: Literal["keep", "wipe", "coach"] | None = None


class Band(Authored):
    """A stretch of a scale up to and including `up_to`."""

    up_to: int
    go: Go | None = None
    say: Said | None = None


class Probe(Authored):
    """One question more on the same subject; its answer joins the same slot.

    It is asked when one of `themes` was heard, or, with `when_short`, after a very short answer.
    """

    ask: Said
    themes: tuple[Name, ...] = ()
    when_short: bool = False


class Line(Authored):
    """A line of the summary: a label, then the person's own words of that slot."""

    label: Text
    slot: Name


class Question(Authored):
    """What every question has: up to two sentences before it, the question, and where it leads.

    With `leadership` the organisation's own published words stand before it, where it has any.
    """

    say: tuple[Said, ...] = ()
    ask: Said
    slot: Name | None = None
    leadership: bool = False
    go: Go


class Choice(Question):
    """Two to five buttons. With `own_words` a typed answer is as good as a button."""

    kind: Literal["choice"]
    options: dict[Name, Option]
    own_words: bool = False


class Scale(Question):
    """A number between two ends that are named in words."""

    kind: Literal["scale"]
    lowest: int = 0
    highest: int = 10
    ends: tuple[Text, Text]
    bands: tuple[Band, ...] = ()


class Open(Question):
    """An open question; `options` are ready answers for whoever would rather not type.

    `heard` holds a short reflection per theme or feeling, said before the next question. With
    `listen: false` nobody is asked what they mean, and only `heard` is said to it: a name or a
    sentence is a full answer here.
    """

    kind: Literal["open"]
    listen: bool = True
    options: dict[Name, Option] = Field(default_factory=dict)
    heard: dict[Name, Said] = Field(default_factory=dict)
    probes: Annotated[tuple[Probe, ...], Field(max_length=2)] = ()


class Close(Authored):
    """The end of a track, with the lines of its summary; or the end of a session.

    `copy_line` is said by itself, so that it can be copied: it tells nothing about this bot.
    """

    kind: Literal["close"]
    say: Said
    summary: tuple[Line, ...] = ()
    copy_line: Text | None = None


class Promise(Authored):
    """The first thing a person reads: what this is and who can see what. Frame only."""

    kind: Literal["promise"]
    say: tuple[Text, ...]
    operator: dict[Literal["bureau", "employer", "self"], Text]
    ask: Text
    start: Text
    go: Target


class Tracks(Authored):
    """The choice of track. Frame only.

    With `every` and `more` three are suggested and the others stand in pages behind a button;
    without them all are shown. `first` are suggested to somebody of whom nothing is known.
    """

    kind: Literal["tracks"]
    say: tuple[Said, ...] = ()
    ask: Said
    first: tuple[Name, ...] = ()
    every: Text | None = None
    more: Text | None = None
    go: Target


class Summary(Authored):
    """The person's own words back, in a private window. Frame only.

    `lines` are slots of the frame that are shown below those of the track.
    """

    kind: Literal["summary"]
    say: tuple[Said, ...] = ()
    ask: Said
    empty: Text
    lines: tuple[Line, ...] = ()
    options: dict[Name, Option]
    go: Target


class Edit(Authored):
    """One line of the summary asked again, or taken away. Frame only."""

    kind: Literal["edit"]
    ask: Said
    remove: Text
    go: Target


class Earlier(Authored):
    """Summaries of earlier conversations, the newest first, in a private window. Frame only."""

    kind: Literal["earlier"]
    ask: Said
    empty: Text
    older: Text
    newer: Text
    done: Text
    go: Target


class OwnStep(Authored):
    """The small step that somebody set themselves, shown again in a private window. Frame only.

    `of` is the slot that holds it. Passed over when that is empty, and after one of `settled`.
    """

    kind: Literal["own_step"]
    ask: Said
    title: Text
    in_chat: Text
    of: Name
    slot: Name
    options: dict[Name, Option]
    settled: tuple[Name, ...]
    go: Target


class Sign(Authored):
    """Words that count towards naming the coach; `hits` and `misses` are run by the check."""

    words: Annotated[tuple[Heard, ...], Field(min_length=1)]
    hits: Annotated[tuple[str, ...], Field(min_length=1)]
    misses: tuple[str, ...] = ()

    def stands_in(self, text: str) -> bool:
        """Whether one of the words stands in a text in its normal form."""
        return any(one in text and says(word, text) for one, word in self.needles)

    @cached_property
    def needles(self) -> tuple[tuple[str, str], ...]:
        """Each of the words behind its longest plain one."""
        return tuple((needle(word), word) for word in self.words)


class SignIn(Authored):
    nl: Sign
    en: Sign

    def of(self, language: Language) -> Sign:
        return self.nl if language == "nl" else self.en


class Offer(Authored):
    """The one place at which the coach is named unasked. Frame only; passed over unless the rule holds.

    `to` is the track it leads to, `clarity` the slot of the last number, `signs` what is listened
    for: `asked` alone is enough, `stuck` and `soon` count. The rule: `mention.py`.
    """

    kind: Literal["offer"]
    say: tuple[Said, ...] = ()
    ask: Said
    to: Name
    clarity: Name
    signs: dict[Literal["asked", "stuck", "soon"], SignIn]
    accept: Text
    decline: Text
    go: Target


TrackStep = Annotated[Choice | Scale | Open | Close, Field(discriminator="kind")]
FrameStep = Annotated[
    Choice | Scale | Open | Close | Promise | Tracks | Summary | Edit | Earlier | OwnStep | Offer,
    Field(discriminator="kind"),
]
Step = Choice | Scale | Open | Close | Promise | Tracks | Summary | Edit | Earlier | OwnStep | Offer


class Reviewed(Authored):
    """Who read this file last as a coach or a clinician, and on which day; empty while nobody did."""

    by: str = ""
    on: Day = ""


class Script(Authored):
    """One conversation on one subject.

    `door` is the button that leads to it at the choice of track; `revision` is raised when steps
    change, because people are in the middle of the old one. It is suggested after one of `themes`,
    and when a number in `when_low` (`t1.fit`) was low; never with `suggest: false`.
    """

    id: Name
    revision: Annotated[int, Field(ge=1)]
    title: Text
    door: Text
    reviewed: Reviewed | None = None
    suggest: bool = True
    themes: tuple[Name, ...] = ()
    when_low: tuple[Scored, ...] = ()
    start: Name
    steps: dict[Name, TrackStep]

    def step(self, name: str) -> Step | None:
        return self.steps.get(name)


class Frame(Authored):
    """What stands around every track: promise, clarity, choice of track, summary, keep or wipe."""

    id: Literal["frame"]
    revision: Annotated[int, Field(ge=1)]
    reviewed: Reviewed | None = None
    start: Name
    tracks: Name
    summary: Name
    again: Name
    steps: dict[Name, FrameStep]

    def step(self, name: str) -> Step | None:
        return self.steps.get(name)
