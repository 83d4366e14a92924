"""What is kept of a request, as lines of "My data": what was sent, and what is being written."""

from __future__ import annotations

from typing import TYPE_CHECKING

from conversations.handoff import card as cards
from conversations.turn import SheetLine

if TYPE_CHECKING:
    from conversations.cases import Card
    from conversations.scripts import Scripts
    from conversations.session import Session


def sheet_lines(scripts: Scripts, session: Session) -> list[SheetLine]:
    """One line for each of the two that there is."""
    texts, language = scripts.coach, session.language
    found: list[SheetLine] = []
    if session.case is not None:
        case = session.case
        own = [f"{texts.alias_label.to(language)}\n{case.alias}"]
        own += [f"{texts.name_label.to(language)}\n{case.name}"] if case.name else []
        waiting = [each.words for each in case.pending if each.words]
        words = "\n\n".join([*own, _card(scripts, session, case.card), *waiting])
        found.append(SheetLine(texts.mydata_case.to(language), words))
    draft = session.draft
    if draft is not None and (draft.lines or draft.words):
        parts = [_card(scripts, session, cards.card(draft.lines)), draft.name or "", draft.words]
        words = "\n\n".join(each for each in parts if each)
        found.append(SheetLine(texts.mydata_draft.to(language), words))
    return found


def _card(scripts: Scripts, session: Session, card: Card) -> str:
    lines = cards.shown(scripts, session.language, card)
    return "\n\n".join(f"{each.label}\n{each.words}" for each in lines)
