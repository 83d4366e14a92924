"""The shape of `content/coach.yaml`: what is said on the way to a coach and back."""

from __future__ import annotations

from typing import Literal

from conversations.cases import CaseState, Part, Way
from conversations.script import Authored, Text

Hint = Literal["address", "number", "name", "team", "date", "only"]
"""Kinds of words by which somebody may be known."""

ClosingNote = Literal["finished", "other_help", "not_for_me", "no_reply"]


class HandoffLabels(Authored):
    """The buttons, at most 22 characters."""

    accept: Text
    anyone: Text
    more_coaches: Text
    coaches_before: Text
    leave_so: Text
    leave_out: Text
    nothing_else: Text
    ready: Text
    change: Text
    under_alias: Text
    pull: Text
    notify: Text
    send: Text
    write: Text
    take_back: Text
    take_back_yes: Text
    take_back_no: Text
    another: Text
    reveal: Text
    what_i_sent: Text
    let_go: Text
    leave: Text
    to_case: Text
    earlier: Text
    later: Text


class PartTexts(Authored):
    """A line of the card: how it is called, and how it is asked."""

    label: Text
    ask: Text


class Handoff(Authored):
    """Every text; the comments in the file say when each is said.

    `slots` names the answers that may stand on a line before the person looks at it, by part:
    `script.slot`, the first that is there.
    """

    labels: HandoffLabels
    parts: dict[Part, PartTexts]
    slots: dict[Part, tuple[str, ...]]
    states: dict[CaseState, Text]
    take_back: dict[CaseState, Text]
    hints: dict[Hint, Text]
    ways: dict[Way, Text]
    notes: dict[ClosingNote, Text]
    alias_first: dict[Literal["nl", "en"], tuple[str, ...]]
    alias_last: dict[Literal["nl", "en"], tuple[str, ...]]
    reads_at: dict[Literal["slack", "teams"], Text]
    language_names: dict[Literal["nl", "en"], Text]
    internal: Text
    external: Text
    in_window: Text
    in_chat: Text
    none_here: Text
    none_self: Text
    none_now: Text
    explain: tuple[Text, ...]
    explain_ask: Text
    choose: Text
    choose_ask: Text
    coach_line: Text
    not_available: Text
    line_intro: Text
    line_filled: Text
    card_title: Text
    card_ask: Text
    card_empty: Text
    too_long: Text
    parts_ask: Text
    not_for_employer: Text
    scores: Text
    hint: Text
    conflict: Text
    name_ask: Text
    name_say: Text
    route_say: tuple[Text, ...]
    route_ask: Text
    preview_title: Text
    preview_say: Text
    preview_kept: Text
    preview_ask: Text
    alias_label: Text
    name_label: Text
    organisation_label: Text
    language_label: Text
    sent: Text
    case_title: Text
    case_ask: Text
    case_ask_closed: Text
    you: Text
    times_label: Text
    chosen_label: Text
    calling: Text
    waits_label: Text
    not_read: Text
    ends_soon: Text
    coach_away: Text
    overdue: Text
    answer_here: Text
    letter_ask: Text
    letter_title: Text
    letter_say: Text
    letter_preview_ask: Text
    letter_sent: Text
    letter_too_long: Text
    reveal_ask: Text
    reveal_say: Text
    withdraw_say: Text
    withdraw_ask: Text
    withdrawn: Text
    let_go: Text
    forget: Text
    mydata_case: Text
    mydata_until: Text
    mydata_draft: Text
