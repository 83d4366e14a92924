"""What the bot says outside the scripts: buttons, asides, and the words that steer it."""

from __future__ import annotations

from functools import cached_property
from typing import Literal

from conversations.organisation import Fact
from conversations.ownphrases import LockPhrases, MyDataPhrases, SavePhrases
from conversations.phrasing import normal
from conversations.placephrases import HomePhrases, SurfacePhrases
from conversations.replyphrases import ReplyPhrases
from conversations.script import LANGUAGES, Authored, Language, Text

Command = Literal[
    "hello",
    "skip",
    "back",
    "stop",
    "help",
    "about",
    "language",
    "forget",
    "yes",
    "no",
    "mydata",
    "save",
    "lock",
    "unlock",
    "desk",
]


class Words(Authored):
    """Typed words that mean a command; compared as whole answers, without case or punctuation."""

    nl: tuple[str, ...]
    en: tuple[str, ...]

    def of(self, language: Language) -> tuple[str, ...]:
        return self.nl if language == "nl" else self.en

    @cached_property
    def normal(self) -> dict[Language, frozenset[str]]:
        """Their normal forms, worked out once: they are compared with everything that is typed."""
        return {each: frozenset(normal(word) for word in self.of(each)) for each in LANGUAGES}


class Labels(Authored):
    """The small buttons under every question. Each at most 22 characters."""

    skip: Text
    back: Text
    stop: Text
    help: Text
    about: Text
    language: Text
    """Offers the other language, in the other language: "English" under a Dutch question."""
    forget: Text
    forget_yes: Text
    forget_no: Text
    go_on: Text
    """After the help card: "I am safe, go on"."""
    open_window: Text
    close_window: Text
    answer_privately: Text
    send: Text
    choose: Text
    mydata: Text
    lock: Text
    lock_yes: Text
    lock_no: Text
    unlock: Text
    coach: Text
    desk: Text


class Phrases(Authored):
    """Each is one paragraph or a few; the comments in `content/phrases.yaml` say when it is said."""

    name: Text
    commands: dict[Command, Words]
    labels: Labels
    which_language: Text
    language_names: Text
    about: tuple[Text, ...]
    about_operator: dict[Literal["bureau", "employer", "self"], Text]
    about_version: Text
    changes: dict[Fact, Text]
    first_kept: Text
    use_a_button: Text
    use_a_number: Text
    not_a_text: Text
    old_button: Text
    empty: Text
    too_long: Text
    full: Text
    made_room: Text
    joined: Text
    nothing_before: Text
    script_changed: Text
    welcome_back: Text
    stopped: Text
    forget_ask: Text
    forget_in_chat: Text
    forgotten: Text
    shut: Text
    shut_ask: Text
    left_shut: Text
    copies: Text
    nothing_kept: Text
    track_missing: Text
    summary_title: Text
    summary_in_chat: Text
    trouble: Text
    not_here: Text
    help_intro: tuple[Text, ...]
    help_danger: Text
    crisis_intro: tuple[Text, ...]
    crisis_ask: Text
    terminal_hint: Text
    terminal_bye: Text
    left: Text
    surfaces: SurfacePhrases
    home: HomePhrases
    mydata: MyDataPhrases
    lock: LockPhrases
    save: SavePhrases
    replies: ReplyPhrases
