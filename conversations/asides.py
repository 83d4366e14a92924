"""What can be asked at any question without answering it: help, who sees what, the other language, forget me."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations import care, ladder, mention, surfaces, tokens
from conversations.asking import ask
from conversations.erased import afterwards
from conversations.going import stay
from conversations.handoff import entry as coming
from conversations.leadership import own_words
from conversations.replacing import replace
from conversations.safety import helplines
from conversations.turn import Button, Prompt, Turn
from conversations.wording import filled, says

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


def help_card(scripts: Scripts, language: Language) -> tuple[str, ...]:
    """The help lines of the organisation's country, or of every country when it is not known."""
    phrases, organisation = scripts.phrases, scripts.organisation
    shown = helplines.of(scripts.safety.countries, organisation.country)
    lines = helplines.whole(shown, phrases.help_danger.to(language), language)
    own = scripts.safety.care.own(organisation.contacts, language)
    return (*(text.to(language) for text in phrases.help_intro), *lines, *own)


def help_now(scripts: Scripts, session: Session) -> Turn:
    """The card that somebody asked for, then what was open."""
    return as_it_stands(scripts, session, help_card(scripts, session.language))


def crisis_wait(scripts: Scripts, session: Session, before: tuple[str, ...] = ()) -> Turn:
    """What stands below a card; only the person leads back."""
    return care.wait(scripts, session, before)


def about(scripts: Scripts, session: Session) -> Turn:
    """Who can see what, in full, then what was open; reading it writes nothing."""
    return as_it_stands(scripts, session, about_texts(scripts, session))


def about_texts(scripts: Scripts, session: Session) -> tuple[str, ...]:
    """Who can see what, who runs the server, and the version that does it."""
    phrases = scripts.phrases
    texts = (*phrases.about, phrases.about_operator[scripts.organisation.operator])
    published = own_words(scripts, session.language)
    return (*says(texts, session), *_version(scripts, session.language), *published)


def _version(scripts: Scripts, language: Language) -> tuple[str, ...]:
    """The hash of code, lock and settings, which whoever audits this can compare."""
    if not scripts.attested:
        return ()
    return (filled(scripts.phrases.about_version, language, version=scripts.attested),)


def answer(scripts: Scripts, session: Session, name: str, words: str) -> Turn:
    """The authored answer to a question about the bot itself, then the open question again."""
    said = says(scripts.faq[name].texts(scripts.organisation), session)
    if session.paused == "crisis":
        return crisis_wait(scripts, session, said)
    if session.paused == "coach":
        return as_it_stands(scripts, session, said)
    heard = mention.listened(scripts, session, words)
    write = session.paused is not None or heard is not session
    asked = replace(heard, paused=None)
    return ask(scripts, asked, said, fate="write" if write else "leave", opening=False)


def other_language(scripts: Scripts, session: Session) -> Turn:
    """The same question in the other language."""
    switched = replace(session, language="en" if session.language == "nl" else "nl")
    if switched.paused == "crisis":
        return care.show(scripts, switched)
    if switched.paused == "coach":
        return as_it_stands(scripts, switched)
    return ask(scripts, switched, fate="write")


def forget_ask(scripts: Scripts, session: Session) -> Turn:
    """One confirmation before everything is erased; told at once when there is nothing."""
    phrases, language = scripts.phrases, session.language
    if not session.begun:
        told = (phrases.nothing_kept.to(language), *afterwards(scripts, session))
        return stay(scripts, session, told)
    before, labels = _taken_back(scripts, session), phrases.labels
    asked = Prompt(
        token=tokens.token(session),
        kind="choice",
        ask=phrases.forget_ask.to(language),
        options=(
            Button("forget_yes", labels.forget_yes.to(language)),
            Button("forget_no", labels.forget_no.to(language)),
        ),
    )
    return _held(replace(session, paused="forget"), before, asked)


def _taken_back(scripts: Scripts, session: Session) -> tuple[str, ...]:
    """That an open request to a coach is taken back. In the chat everybody reads the same of it, where
    coaches can be asked, so that its archive does not tell who asked one.
    """
    if session.here == "chat":
        offers = scripts.coaching is not None and scripts.coaching.coaches
        return (scripts.phrases.forget_in_chat.to(session.language),) if offers else ()
    taken_back = session.case is not None and session.case.open
    return (scripts.coach.forget.to(session.language),) if taken_back else ()


def forget(scripts: Scripts, session: Session) -> Turn:
    """The row goes, and the person is told; also when there was none."""
    phrases = scripts.phrases
    told = phrases.forgotten if session.begun else phrases.nothing_kept
    said = (told.to(session.language), *afterwards(scripts, session))
    return Turn(None, "erase", session.language, said)


def stop(scripts: Scripts, session: Session) -> Turn:
    """The end, at once: one line, no question, no hook."""
    told = (scripts.phrases.stopped.to(session.language),)
    if not session.begun:
        return Turn(None, "leave", session.language, told)
    stopped = replace(care.wiped(session), paused="stopped", joins=None)
    return Turn(stopped, "write", session.language, told)


def welcome_back(scripts: Scripts, session: Session) -> Turn:
    """Where they were, after a stop, a greeting or an end; away from it not even that they were."""
    told = scripts.phrases.welcome_back.to(session.language)
    back = () if surfaces.away(session) else (told, *coming.told(scripts, session))
    return ask(scripts, replace(session, paused=None), back, fate="write")


def forget_no(scripts: Scripts, session: Session) -> Turn:
    """Nothing is erased: what waited behind the confirmation is open again, a card as well."""
    if session.level is not None:
        return care.wait(scripts, replace(session, paused="crisis"))
    return ask(scripts, replace(session, paused=None), fate="write")


def greet(scripts: Scripts, session: Session) -> Turn:
    """Somebody says hello or opens the bot: the promise, or where they were."""
    if not session.begun:
        return stay(scripts, session)
    if session.paused == "crisis":
        return crisis_wait(scripts, session)
    if session.paused in ladder.RUNGS and not surfaces.away(session):
        return ladder.again(scripts, session)
    if session.paused == "coach" and not surfaces.away(session):
        return coming.again(scripts, session)
    return welcome_back(scripts, session)


def as_it_stands(scripts: Scripts, session: Session, said: tuple[str, ...] = ()) -> Turn:
    """After an aside, or in another window: the open question, or the two ways on from a help card, which stays."""
    if session.paused == "crisis":
        return crisis_wait(scripts, session, said)
    if session.paused in ladder.RUNGS and not surfaces.away(session):
        return ladder.again(scripts, session, said)
    if session.paused == "coach" and not surfaces.away(session):
        return coming.again(scripts, session, said)
    return stay(scripts, session, said)


def _held(session: Session, before: tuple[str, ...], asked: Prompt) -> Turn:
    kept = session if session.begun else None
    fate = "write" if session.begun else "leave"
    return Turn(kept, fate, session.language, before, prompt=asked)  # type: ignore[arg-type]
