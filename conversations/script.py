"""An authored conversation as a value: a script, its steps, and where each answer leads.

Every class here mirrors what a coach writes in a YAML file; `conversations/README.md` teaches the
format, `library.py` reads it, `check.py` finds what a schema cannot see.
"""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

Language = Literal["nl", "en"]
LANGUAGES: tuple[Language, ...] = ("nl", "en")

TRACKS = "tracks"
"""The target that means: back to the choice of track."""

TRACK_PREFIX = "track:"
"""A target `track:ID` leads to another conversation; to the choice of track where it does not exist."""

Name = Annotated[str, Field(pattern=r"^[a-z][a-z0-9_]*$", max_length=40)]
Target = Annotated[str, Field(pattern=r"^(track:)?[a-z][a-z0-9_]*$", max_length=48)]


class Authored(BaseModel):
    """A value that a writer wrote: frozen, and unknown keys are refused."""

    model_config = ConfigDict(frozen=True, extra="forbid", hide_input_in_errors=True)


class Text(Authored):
    """One sentence or a few, in every language. `{slot}` and `{slot-2}` insert a number given on a scale."""

    nl: Annotated[str, Field(min_length=1)]
    en: Annotated[str, Field(min_length=1)]

    def to(self, language: Language) -> str:
        return self.nl if language == "nl" else self.en


class ByTheme(Authored):
    """A branch on what was heard in the answer; the first theme listed that was heard wins."""

    by_theme: dict[Name, Target]
    otherwise: Target


Go = Target | ByTheme


class Option(Authored):
    """A button. Without `go` of its own it leads where its step leads.

    `say` is said before the next question. `do` belongs to the frame of a session only.
    """

    label: Text
    go: Go | None = None
    theme: Name | None = None
    say: Text | None = None
    do: Literal["keep", "wipe"] | None = None


class Band(Authored):
    """A stretch of a scale up to and including `up_to`."""

    up_to: int
    go: Go | None = None
    say: Text | None = None


class Probe(Authored):
    """One question more on the same subject; its answer joins the same slot.

    It is asked when one of `themes` was heard, or, with `when_short`, after a very short answer.
    """

    ask: Text
    themes: tuple[Name, ...] = ()
    when_short: bool = False


class Line(Authored):
    """A line of the summary: a label, then the person's own words of that slot."""

    label: Text
    slot: Name


class Question(Authored):
    """What every question has: up to two sentences before it, the question, and where it leads."""

    say: tuple[Text, ...] = ()
    ask: Text
    slot: Name | None = None
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

    `heard` holds a short reflection per theme, said before the next question.
    """

    kind: Literal["open"]
    options: dict[Name, Option] = Field(default_factory=dict)
    heard: dict[Name, Text] = Field(default_factory=dict)
    probes: Annotated[tuple[Probe, ...], Field(max_length=2)] = ()


class Close(Authored):
    """The end of a track, with the lines of its summary; or the end of a session."""

    kind: Literal["close"]
    say: Text
    summary: tuple[Line, ...] = ()


class Promise(Authored):
    """The first thing a person reads: what this is and who can see what. Frame only."""

    kind: Literal["promise"]
    say: tuple[Text, ...]
    operator: dict[Literal["bureau", "employer"], Text]
    ask: Text
    start: Text
    go: Target


class Tracks(Authored):
    """The choice of track. Frame only."""

    kind: Literal["tracks"]
    say: tuple[Text, ...] = ()
    ask: Text
    go: Target


class Summary(Authored):
    """The person's own words back, in a private window. Frame only."""

    kind: Literal["summary"]
    say: tuple[Text, ...] = ()
    ask: Text
    empty: Text
    options: dict[Name, Option]
    go: Target


TrackStep = Annotated[Choice | Scale | Open | Close, Field(discriminator="kind")]
FrameStep = Annotated[
    Choice | Scale | Open | Close | Promise | Tracks | Summary,
    Field(discriminator="kind"),
]
Step = Choice | Scale | Open | Close | Promise | Tracks | Summary


class Script(Authored):
    """One conversation on one subject.

    `door` is the button that leads to it at the choice of track; `revision` is raised when steps
    change, because people are in the middle of the old one.
    """

    id: Name
    revision: Annotated[int, Field(ge=1)]
    title: Text
    door: Text
    start: Name
    steps: dict[Name, TrackStep]

    def step(self, name: str) -> Step | None:
        return self.steps.get(name)


class Frame(Authored):
    """What stands around every track: promise, clarity, choice of track, summary, keep or wipe."""

    id: Literal["frame"]
    revision: Annotated[int, Field(ge=1)]
    start: Name
    tracks: Name
    summary: Name
    again: Name
    steps: dict[Name, FrameStep]

    def step(self, name: str) -> Step | None:
        return self.steps.get(name)
