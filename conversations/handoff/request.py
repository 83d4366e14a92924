"""The way to a request: explanation, coach, card, name, how the answer comes, exact preview, sent."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from conversations.calendar import written
from conversations.cases import MOST_COACHES, PARTS, Send
from conversations.handoff import card as cards
from conversations.handoff import coaches, elsewhere, view
from conversations.handoff.alias import alias
from conversations.requestdraft import Draft
from conversations.turn import SheetLine
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Sequence

    from conversations.script import Text
    from conversations.scripts import Scripts
    from conversations.session import Session
    from conversations.turn import Turn

COACH = "coach_"
"""How the buttons that choose a coach begin; their id follows."""

PART = "part_"
"""How the buttons that choose a line begin."""

LINE_BYTES = 1_200
"""One line of the card; a few of these fit, as `Card.fits` tells."""


def explain(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """What a coach is and is not, who gets what, and where to go first when it is something else."""
    texts, language = scripts.coach, session.language
    draft = session.draft or Draft("explain")
    there = view.at(session, replace(draft, screen="explain"))
    told = (*said, *(text.to(language) for text in texts.explain))
    options = (("go", texts.labels.accept),)
    return view.screen(scripts, there, texts.explain_ask.to(language), options, says=told)


def choose(
    scripts: Scripts, session: Session, said: Sequence[str] = (), page: int | None = None
) -> Turn:
    """Every coach who can be asked, in one line each and by the page, and whoever is free."""
    texts, language = scripts.coach, session.language
    there = view.at(session, replace(drafted(session), screen="choose"))
    every = coaches.free(scripts, session)
    shown, here, count = coaches.page(every, page)
    lines = (coaches.about(scripts, session, each) for each in shown)
    told = (*said, texts.choose.to(language), *lines)
    options: list[tuple[str, Text | str]] = [(COACH + each.id, each.name) for each in shown]
    options += coaches.beside(scripts, here, count)
    if len(every) > 1:
        options.append(("anyone", texts.labels.anyone))
    if session.case is not None:
        options.append(("to_case", texts.labels.to_case))
    return view.screen(scripts, there, texts.choose_ask.to(language), options, says=told)


def line(scripts: Scripts, session: Session, said: Sequence[str] = (), refused: str = "") -> Turn:
    """One line of the card: what stands on it now, and other words for it.

    In a window they stand in the field, to be changed there.
    """
    texts, language, draft = scripts.coach, session.language, drafted(session)
    part = draft.part or "question"
    there = view.at(session, replace(draft, screen="line", part=part))
    now = draft.lines.get(part)
    options = [("leave_out", texts.labels.leave_out)]
    shown, told = None, tuple(said)
    if now:
        told = (*said, texts.line_filled.to(language))
        label = texts.parts[part].label.to(language)
        lines = [SheetLine(label, now)]
        if session.here is None:
            shown = view.sheet(scripts, session, texts.card_title, lines)
        options = [("leave_so", texts.labels.leave_so), *options]
    elif draft.first and part == cards.FIRST[0]:
        told = (*said, texts.line_intro.to(language))
    if part == "scores" and not now and cards.scores(scripts, session):
        options = [("scores", cards.scores(scripts, session) or ""), *options]  # type: ignore[list-item]
    ask = texts.parts[part].ask.to(language)
    words = refused or now or ""
    return view.screen(
        scripts, there, ask, options, says=told, typed=True, words=words, sheet=shown
    )


def card(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """All lines as they stand; on, or change one."""
    texts, language, draft = scripts.coach, session.language, drafted(session)
    there = view.at(session, replace(draft, screen="card", part=None, first=False))
    now = cards.card(draft.lines)
    options = [("ready", texts.labels.ready), ("change", texts.labels.change)]
    told, shown = (
        list(said),
        view.sheet(scripts, session, texts.card_title, cards.shown(scripts, language, now)),
    )
    if not _asks(draft):
        told, options = [*said, texts.card_empty.to(language)], options[1:]
    elif not now.fits:
        told, options = [*said, texts.too_long.to(language)], options[1:]
    else:
        told += elsewhere.told(scripts, language, draft.lines.values())
        told += cards.warnings(scripts, language, draft.lines.values())
    if session.case is not None:
        options.append(("to_case", texts.labels.to_case))
    return view.screen(scripts, there, texts.card_ask.to(language), options, says=told, sheet=shown)


def parts(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """Which line to change or to add."""
    texts, language, draft = scripts.coach, session.language, drafted(session)
    there = view.at(session, replace(draft, screen="parts"))
    options = [(PART + part, texts.parts[part].label) for part in PARTS]
    options.append(("nothing_else", texts.labels.nothing_else))
    return view.screen(scripts, there, texts.parts_ask.to(language), options, says=said)


def name(scripts: Scripts, session: Session, said: Sequence[str] = (), refused: str = "") -> Turn:
    """Under an alias, or with a name of one's own."""
    texts, language, draft = scripts.coach, session.language, drafted(session)
    known = draft.alias or alias(texts, language, f"{session.id}.{session.turn}")
    there = view.at(session, replace(draft, screen="name", alias=known, name=None))
    told = (*said, filled(texts.name_say, language, alias=known))
    options = (("under_alias", texts.labels.under_alias),)
    ask = texts.name_ask.to(language)
    return view.screen(scripts, there, ask, options, says=told, typed=True, words=refused)


def route(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """How they hear of an answer. The terminal has no address, so there they look for themselves."""
    if session.here is None:
        return preview(scripts, drafting(session, notify=False), said)
    texts, language, draft = scripts.coach, session.language, drafted(session)
    there = view.at(session, replace(draft, screen="route"))
    told = (*said, *(text.to(language) for text in texts.route_say))
    options = (("pull", texts.labels.pull), ("notify", texts.labels.notify))
    return view.screen(scripts, there, texts.route_ask.to(language), options, says=told)


def preview(scripts: Scripts, session: Session, said: Sequence[str] = ()) -> Turn:
    """Exactly what the coach will see; nothing has left yet."""
    texts, language, draft = scripts.coach, session.language, drafted(session)
    there = view.at(session, replace(draft, screen="preview"))
    own = [SheetLine(texts.name_label.to(language), draft.name)] if draft.name else []
    lines = [
        SheetLine(texts.alias_label.to(language), draft.alias),
        *own,
        SheetLine(texts.organisation_label.to(language), scripts.organisation.label),
        SheetLine(texts.language_label.to(language), texts.language_names[language].to(language)),
        *cards.shown(scripts, language, cards.card(draft.lines)),
    ]
    whom = coaches.named(scripts, draft.coaches) or texts.labels.anyone.to(language)
    told = [*said, filled(texts.preview_say, language, coach=whom), texts.preview_kept.to(language)]
    told += cards.warnings(scripts, language, draft.lines.values())
    options = (("send", texts.labels.send), ("change", texts.labels.change))
    shown = view.sheet(scripts, session, texts.preview_title, lines)
    ask = texts.preview_ask.to(language)
    return view.screen(scripts, there, ask, options, says=told, sheet=shown)


def send(scripts: Scripts, session: Session) -> Turn:
    """It is on its way; the person is told until when it can be taken back unseen."""
    texts, language, draft = scripts.coach, session.language, drafted(session)
    coaching, sealed = scripts.coaching, cards.card(draft.lines)
    if coaching is None or not _able(scripts, draft) or not sealed.fits:
        return choose(scripts, drafting(session, coaches=()), (texts.not_available.to(language),))
    act = Send(
        card=sealed,
        alias=draft.alias,
        language=language,
        coaches=draft.coaches[:MOST_COACHES],
        declined=draft.declined,
        name=draft.name,
        notify=draft.notify,
    )
    there = view.at(session, Draft("sent"))
    day = written(coaching.latest_day, language)
    told = (filled(texts.sent, language, day=day),)
    options = (("to_case", texts.labels.to_case),)
    ask = texts.case_ask.to(language)
    return view.screen(scripts, there, ask, options, says=told, act=act)


def drafted(session: Session) -> Draft:
    """What they have so far."""
    return session.draft or Draft("explain")


def drafting(session: Session, **changes: object) -> Session:
    """The same with something changed in it."""
    return replace(session, draft=replace(drafted(session), **changes))  # type: ignore[arg-type]


def _asks(draft: Draft) -> bool:
    """Whether something stands there besides the bot's own line."""
    return any(words.strip() for part, words in draft.lines.items() if part != "not_for_employer")


def _able(scripts: Scripts, draft: Draft) -> bool:
    free = {each.id for each in coaches.available(scripts)}
    return set(draft.coaches) <= free if draft.coaches else bool(free)
