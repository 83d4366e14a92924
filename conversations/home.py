"""What stands outside of every conversation: what this is, the promise, and the ways in.

Never an answer, a subject or a number; reading it writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import tokens
from conversations.handoff import entry as coming
from conversations.script import LANGUAGES, Promise
from conversations.turn import Button, Prompt, Turn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.session import Session


def shown(scripts: Scripts, session: Session) -> Turn:
    """For somebody whose language is known: the promise, and start or go on."""
    phrases, language = scripts.phrases, session.language
    own, labels = phrases.home, phrases.labels
    enter = own.go_on if session.begun else own.begin
    options = [Button("private", enter.to(language))]
    controls = [Button("help", labels.help.to(language))]
    if session.begun:
        options.append(Button("mydata", labels.mydata.to(language)))
    else:
        options.append(Button("unlock", labels.unlock.to(language)))
    controls += [
        Button("about", labels.about.to(language)),
        Button("language", labels.language.to(language)),
    ]
    if session.begun:
        controls.append(Button("forget", labels.forget.to(language)))
    if coming.reachable(scripts, session):
        options.append(Button("coach", labels.coach.to(language)))
    asked = Prompt(
        token=tokens.token(session),
        kind="choice",
        ask=own.ask.to(language),
        options=tuple(options),
        controls=tuple(controls),
    )
    said = tuple(text.to(language) for text in (*own.what, *_promise(scripts)))
    kept = session if session.begun else None
    told = (*coming.told(scripts, session), *said)
    return Turn(kept, "leave", language, told, prompt=asked)


def unknown(scripts: Scripts) -> Turn:
    """For somebody of whom no language is known: what this is in each, and which to speak."""
    phrases = scripts.phrases
    said = tuple(" ".join(text.to(each) for text in phrases.home.what) for each in LANGUAGES)
    names, labels = phrases.language_names, phrases.labels
    asked = Prompt(
        token=tokens.UNKNOWN,
        kind="choice",
        ask=phrases.which_language.nl,
        options=(Button("nl", names.nl), Button("en", names.en)),
        controls=(Button("help", f"{labels.help.nl} · {labels.help.en}"),),
    )
    return Turn(None, "leave", "nl", said, prompt=asked)


def _promise(scripts: Scripts) -> Iterator[Text]:
    step = scripts.frame.step(scripts.frame.start)
    if isinstance(step, Promise):
        yield from step.say
        yield step.operator[scripts.organisation.operator]
