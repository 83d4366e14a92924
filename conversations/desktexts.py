"""The shape of `content/desk.yaml`: everything that is said to a coach."""

from __future__ import annotations

from typing import Literal

from conversations.cases import Way
from conversations.coachtexts import ClosingNote
from conversations.script import Authored, Text

State = Literal["received", "opened", "answered", "closed"]


class DeskLabels(Authored):
    """The buttons, at most 22 characters."""

    confirm: Text
    look: Text
    claim: Text
    answer: Text
    offer: Text
    help_card: Text
    hand_back: Text
    close: Text
    holiday: Text
    back_to_work: Text
    renew: Text
    until: Text
    earlier: Text
    later: Text
    to_case: Text
    yes: Text
    no: Text


class DeskTexts(Authored):
    """The comments in the file say when each is said."""

    labels: DeskLabels
    open_desk: Text
    in_window: Text
    waits: Text
    ask_code: Text
    code_say: Text
    no_code: Text
    registered: tuple[Text, ...]
    registered_title: Text
    passphrase_label: Text
    fingerprint_label: Text
    registered_ask: Text
    added: Text
    renew_say: tuple[Text, ...]
    renew_ask: Text
    renewed: Text
    not_renewed: Text
    ask_passphrase: Text
    passphrase_say: Text
    not_open: Text
    too_often: Text
    closed: Text
    protocol: tuple[Text, ...]
    protocol_ask: Text
    list_say: Text
    list_empty: Text
    gone: Text
    away: Text
    list_ask: Text
    states: dict[State, Text]
    legend: Text
    case_say: Text
    name_label: Text
    ends_soon: Text
    case_ask: Text
    you: Text
    answer_ask: Text
    answer_say: Text
    too_long: Text
    answered: Text
    ways_ask: Text
    offer_ask: Text
    offer_say: dict[Way, Text]
    offer_bad: Text
    offered: Text
    help_ask: Text
    help_say: Text
    help_short: Text
    hand_back_ask: Text
    hand_back_say: Text
    handed_back: Text
    close_ask: Text
    note_labels: dict[ClosingNote, Text]
    closed_case: Text
    claimed: Text
    taken: Text
    refused: Text
    holiday_ask: Text
    holiday_say: Text
    holiday_set: Text
    holiday_over: Text
    notice: Text
    answer_notice: Text
    look_here: Text
