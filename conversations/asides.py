"""What can be asked at any question without answering it: help, who sees what, the other language, forget me."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations import tokens
from conversations.asking import ask
from conversations.going import stay
from conversations.safety import card
from conversations.turn import Button, Prompt, Turn
from conversations.wording import says

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts
    from conversations.session import Session


def which_language(scripts: Scripts, before: tuple[str, ...] = ()) -> Turn:
    """Two buttons for somebody of whom nothing is known yet."""
    phrases = scripts.phrases
    both = f"{phrases.labels.help.nl} · {phrases.labels.help.en}"
    names = phrases.language_names
    asked = Prompt(
        token=tokens.UNKNOWN,
        kind="choice",
        ask=phrases.which_language.nl,
        options=(Button("nl", names.nl), Button("en", names.en)),
        controls=(Button("help", both),),
    )
    return Turn(None, "leave", "nl", before, prompt=asked)


def help_card(scripts: Scripts, language: Language, *, urgent: bool) -> tuple[str, ...]:
    """The help lines of the organisation's country, or of every country when it is not known.

    `urgent`: the short card that comes by itself; else the whole one that somebody asked for.
    """
    phrases, country = scripts.phrases, scripts.organisation.country
    intro = phrases.crisis_intro if urgent else phrases.help_intro
    lines = card(scripts.safety, country, language, phrases.help_danger, urgent=urgent)
    return (*(text.to(language) for text in intro), *lines)


def help_now(scripts: Scripts, session: Session) -> Turn:
    """The card that somebody asked for, then what was open."""
    shown = help_card(scripts, session.language, urgent=False)
    return as_it_stands(scripts, session, shown)


def crisis(scripts: Scripts, session: Session) -> Turn:
    """The card at once, without a question first; the conversation waits until the person goes on.

    The words that led here are in no slot and nowhere else.
    """
    shown = help_card(scripts, session.language, urgent=True)
    return crisis_wait(scripts, replace(session, paused="crisis"), shown)


def crisis_wait(scripts: Scripts, session: Session, before: tuple[str, ...] = ()) -> Turn:
    """Only the person leads back: two buttons, and the card stays where it is."""
    labels, language = scripts.phrases.labels, session.language
    names = ("go_on", "stop", "help") if session.begun else ("go_on", "help")
    asked = Prompt(
        token=tokens.token(session),
        kind="choice",
        ask=scripts.phrases.crisis_ask.to(language),
        options=tuple(Button(name, getattr(labels, name).to(language)) for name in names),
    )
    return _held(session, before, asked)


def about(scripts: Scripts, session: Session) -> Turn:
    """Who can see what, in full; reading it writes nothing."""
    phrases = scripts.phrases
    texts = (*phrases.about, phrases.about_operator[scripts.organisation.operator])
    return as_it_stands(scripts, session, says(texts, session))


def other_language(scripts: Scripts, session: Session) -> Turn:
    """The same question in the other language."""
    switched = replace(session, language="en" if session.language == "nl" else "nl")
    if switched.paused == "crisis":
        return crisis(scripts, switched)
    return ask(scripts, switched, fate="write")


def forget_ask(scripts: Scripts, session: Session) -> Turn:
    """One confirmation before everything is erased; told at once when there is nothing."""
    phrases, language = scripts.phrases, session.language
    if not session.begun:
        return stay(scripts, session, (phrases.nothing_kept.to(language),))
    labels = phrases.labels
    asked = Prompt(
        token=tokens.token(session),
        kind="choice",
        ask=phrases.forget_ask.to(language),
        options=(
            Button("forget_yes", labels.forget_yes.to(language)),
            Button("forget_no", labels.forget_no.to(language)),
        ),
    )
    return _held(replace(session, paused="forget"), (), asked)


def forget(scripts: Scripts, session: Session) -> Turn:
    """The row goes, and the person is told; also when there was none."""
    phrases = scripts.phrases
    told = phrases.forgotten if session.begun else phrases.nothing_kept
    return Turn(None, "erase", session.language, (told.to(session.language),))


def stop(scripts: Scripts, session: Session) -> Turn:
    """The end, at once: one line, no question, no hook."""
    told = (scripts.phrases.stopped.to(session.language),)
    if not session.begun:
        return Turn(None, "leave", session.language, told)
    stopped = replace(session, paused="stopped", joins=None)
    return Turn(stopped, "write", session.language, told)


def welcome_back(scripts: Scripts, session: Session) -> Turn:
    """Where they were, after a stop, a greeting or an end."""
    back = (scripts.phrases.welcome_back.to(session.language),)
    return ask(scripts, replace(session, paused=None), back, fate="write")


def go_on(scripts: Scripts, session: Session) -> Turn:
    """What waited behind a card or a confirmation is open again."""
    return ask(scripts, replace(session, paused=None), fate="write")


def greet(scripts: Scripts, session: Session) -> Turn:
    """Somebody says hello or opens the bot: the promise, or where they were."""
    if not session.begun:
        return stay(scripts, session)
    if session.paused == "crisis":
        return crisis_wait(scripts, session)
    return welcome_back(scripts, session)


def as_it_stands(scripts: Scripts, session: Session, said: tuple[str, ...] = ()) -> Turn:
    """After an aside, or in another window: the open question, or the two ways on from a help card, which stays."""
    if session.paused == "crisis":
        return crisis_wait(scripts, session, said)
    return stay(scripts, session, said)


def _held(session: Session, before: tuple[str, ...], asked: Prompt) -> Turn:
    kept = session if session.begun else None
    fate = "write" if session.begun else "leave"
    return Turn(kept, fate, session.language, before, prompt=asked)  # type: ignore[arg-type]
