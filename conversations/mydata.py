"""Everything that is kept of somebody, in plain words: what, until when, and who could read it.

Shown as a sheet, since it holds their own words, and a page at a time where a window is too small.
Looking writes nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.asides import as_it_stands
from conversations.calendar import last_day, written
from conversations.handoff import mydata as theirs
from conversations.replacing import replace
from conversations.script import Choice, Open, Question
from conversations.turn import Button, Prompt, Sheet, SheetLine, base
from conversations.wording import filled, say

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from conversations.script import Frame, Script
    from conversations.scripts import Scripts
    from conversations.session import Answer, Session
    from conversations.turn import Turn

PAGE = 2400
"""Characters on a page: one section of a Slack window, and a screen or two to copy from."""

NAME = "mydata"
DIGITS = 3

SHOWN = frozenset(
    {"slots", "past", "themes", "heard", "talked", "known", "offers", "signs", "language", "at",
     "track", "expires", "kept", "locked", "case", "draft"}
)  # fmt: skip
"""Parts of a session that are shown as they are. A test holds both lists against `Session`."""

MARKS = frozenset(
    {"id", "turn", "path", "probes", "joins", "paused", "begun", "asked", "seen", "looking",
     "editing", "visits", "week", "talks", "offered", "quiet_talk", "quiet_week", "facts", "level",
     "about", "checked", "surface", "here", "withdrawn", "typed", "misses", "heavy", "replies", "replied", "buttons"}
)  # fmt: skip
"""Parts that only steer the conversation; what they amount to is said in one sentence."""


def shown(scripts: Scripts, session: Session, page: int = 1) -> Turn:
    """The turn that shows this page, with the open question below it."""
    phrases, language = scripts.phrases, session.language
    if not session.begun:
        return as_it_stands(scripts, session, (phrases.mydata.nothing.to(language),))
    every = lines(scripts, session)
    pages = list(_pages(every))
    page = min(max(page, 1), len(pages))
    said = [phrases.mydata.intro.to(language)]
    if not session.locked:
        said.append(phrases.mydata.offer_lock.to(language))
    turn = as_it_stands(scripts, session, tuple(said))
    title = phrases.mydata.title.to(language)
    place = filled(phrases.mydata.page, language, page=page, pages=len(pages))
    sheet = Sheet(
        title=title,
        lines=pages[page - 1] if len(pages) == 1 else (SheetLine(place, ""), *pages[page - 1]),
        open_label=phrases.labels.open_window.to(language),
        in_chat=phrases.mydata.in_chat.to(language),
        opens="mydata",
        whole="\n\n".join([title, *(f"{each.label}\n{each.words}" for each in every)]) + "\n",
    )
    buttons = _buttons(scripts, session, page, len(pages))
    return _with(turn, sheet, buttons)


def page_of(name: str) -> int | None:
    """The page that a button asks for; None when it is another button."""
    if base(name) != NAME:
        return None
    number = name.partition(":")[2][:DIGITS]
    return int(number) if number.isascii() and number.isdecimal() else 1


def lines(scripts: Scripts, session: Session) -> tuple[SheetLine, ...]:
    """All of it: the answers by subject, then what else is kept, until when, and for whose eyes."""
    own, language = scripts.phrases.mydata, session.language
    found = list(_answers(scripts, session))
    found += theirs.sheet_lines(scripts, session)
    heard = _heard(scripts, session)
    if heard:
        found.append(SheetLine(own.heard_label.to(language), heard))
    names = scripts.phrases.language_names
    until = filled(
        own.until_kept if session.kept else own.until,
        language,
        date=written(last_day(session.expires), language),
    )
    if session.case is not None:
        until = f"{until} {scripts.coach.mydata_until.to(language)}"
    readers = [own.readers, scripts.phrases.about_operator[scripts.organisation.operator]]
    if session.locked:
        readers = [own.readers_locked]
    return (
        *found,
        SheetLine(own.where_label.to(language), _where(scripts, session)),
        SheetLine(own.language_label.to(language), names.to(language)),
        SheetLine(own.marks_label.to(language), own.marks.to(language)),
        SheetLine(own.name_label.to(language), own.name.to(language)),
        SheetLine(own.until_label.to(language), until),
        SheetLine(own.readers_label.to(language), " ".join(each.to(language) for each in readers)),
    )


def _answers(scripts: Scripts, session: Session) -> Iterator[SheetLine]:
    for past in session.past:
        script = scripts.script(past.close)
        title = _title(scripts, script, past.close.script, session)
        label = filled(scripts.phrases.mydata.earlier_label, session.language, title=title)
        yield SheetLine(label, _told(script, session, past.answers))
    subjects = dict.fromkeys(key.partition(".")[0] for key in session.slots)
    for name in subjects:
        script = scripts.frame if name == scripts.frame.id else scripts.tracks.get(name)
        answers = {k: a for k, a in session.slots.items() if k.partition(".")[0] == name}
        yield SheetLine(_title(scripts, script, name, session), _told(script, session, answers))


def _title(scripts: Scripts, script: Script | Frame | None, name: str, session: Session) -> str:
    if name == scripts.frame.id:
        return scripts.phrases.mydata.numbers_label.to(session.language)
    title = getattr(script, "title", None)
    return title.to(session.language) if title is not None else name


def _told(script: Script | Frame | None, session: Session, answers: Mapping[str, Answer]) -> str:
    """Each question with its answer below it, exactly as it was given."""
    told = []
    for key, answer in answers.items():
        slot = key.rpartition(".")[2]
        question, words = slot, answer.words or ""
        for step in script.steps.values() if script is not None else ():
            if not isinstance(step, Question) or step.slot != slot:
                continue
            question = say(step.ask, session) or step.ask.to(session.language)
            if isinstance(step, Choice | Open) and answer.option in step.options:
                words = step.options[answer.option].label.to(session.language)
                break
        if answer.number is not None:
            words = str(answer.number)
        told.append(f"{question}\n{words or answer.option or ''}")
    return "\n\n".join(told)


def _heard(scripts: Scripts, session: Session) -> str:
    themes = (*session.themes, *session.heard, *session.talked, *session.known, *session.offers)
    names = (*themes, *session.signs)
    signs = {str(sign): text for sign, text in scripts.phrases.mydata.signs.items()}
    known = {name: theme.name for name, theme in scripts.lexicon.themes.items()} | signs
    spoken = (known[each].to(session.language) if each in known else each for each in names)
    return ", ".join(dict.fromkeys(spoken))


def _where(scripts: Scripts, session: Session) -> str:
    script = scripts.script(session.at)
    if session.at.script == scripts.frame.id or script is None:
        return scripts.phrases.mydata.between.to(session.language)
    return _title(scripts, script, session.at.script, session)


def _buttons(scripts: Scripts, session: Session, page: int, pages: int) -> Iterator[Button]:
    own, labels, language = scripts.phrases.mydata, scripts.phrases.labels, session.language
    if page < pages:
        yield Button(f"{NAME}:{page + 1}", own.next_page.to(language))
    if page > 1:
        yield Button(f"{NAME}:{page - 1}", own.earlier_page.to(language))
    if not session.locked:
        yield Button("lock", labels.lock.to(language))


def _with(turn: Turn, sheet: Sheet, buttons: Iterable[Button]) -> Turn:
    if turn.prompt is None:
        return replace(turn, sheet=sheet)
    others = (each for each in turn.prompt.controls if base(each.name) != NAME)
    prompt: Prompt = replace(turn.prompt, controls=(*buttons, *others))
    return replace(turn, sheet=sheet, prompt=prompt)


def _pages(every: tuple[SheetLine, ...]) -> Iterator[tuple[SheetLine, ...]]:
    """Lines in pages; one that is too long for a page goes on at the next, under the same label."""
    page: list[SheetLine] = []
    room = PAGE
    for line in every:
        for piece in _pieces(line.words, PAGE - len(line.label)):
            size = len(line.label) + len(piece)
            if page and size > room:
                yield tuple(page)
                page, room = [], PAGE
            page.append(SheetLine(line.label, piece))
            room -= size
    yield tuple(page)


def _pieces(words: str, most: int) -> Iterator[str]:
    while len(words) > most:
        at = max(words.rfind("\n\n", 0, most), words.rfind(" ", most // 2, most), 0) or most
        yield words[:at].rstrip()
        words = words[at:].lstrip()
    yield words
