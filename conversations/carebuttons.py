"""The buttons below a card, and below the one question that may come before it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.turn import CARE, Button

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.safety import Care
    from conversations.script import Language, Text
    from conversations.scripts import Scripts
    from conversations.session import Session


def question(care: Care, session: Session) -> tuple[Text, tuple[Button, ...]]:
    """The one direct question, by whom it is about, and its three answers."""
    labels, language = care.labels, session.language
    asked, no, agree = care.ask, labels.work, labels.yes
    if session.about == "past":
        asked, no, agree = care.ask_past, labels.not_now, labels.yes_other
    elif session.about == "other":
        asked, no, agree = care.ask_other, labels.work_other, labels.yes_other
    return asked, (
        Button(f"{CARE}work", no.to(language)),
        Button(f"{CARE}yes", agree.to(language)),
        Button(f"{CARE}unsure", labels.unsure.to(language)),
    )


def named(care: Care, names: Sequence[str], language: Language) -> tuple[Button, ...]:
    """Buttons that `care.ANSWERS` knows, by their names there."""
    return tuple(Button(f"{CARE}{each}", getattr(care.labels, each).to(language)) for each in names)


def ways_on(scripts: Scripts, session: Session) -> tuple[Button, ...]:
    """Safe and on, or stop: nothing else leads away from a card."""
    labels, language = scripts.phrases.labels, session.language
    names = ("go_on", "stop") if session.begun else ("go_on",)
    return tuple(Button(name, getattr(labels, name).to(language)) for name in names)


def further(scripts: Scripts, session: Session) -> tuple[Button, ...]:
    """Back to the talk, a light ending where somebody is exhausted, or stop."""
    care, language = scripts.safety.care, session.language
    light_end = session.begun and session.level == "burnout"
    first = (Button("go_on", care.labels.on.to(language)),)
    second = named(care, ("light",) if light_end else (), language)
    return (*first, *second, *ways_on(scripts, session)[1:])


def controls(scripts: Scripts, session: Session, options: tuple[Button, ...]) -> tuple[Button, ...]:
    """Help now, and a way to stop where it is not among the choices already."""
    labels = scripts.phrases.labels
    offered = {button.name for button in options}
    names = ("help", "stop") if session.begun and "stop" not in offered else ("help",)
    return tuple(Button(name, getattr(labels, name).to(session.language)) for name in names)
