"""What the bot says about a person's own data and about the lock on it; read with `phrases.py`."""

from __future__ import annotations

from typing import Literal

from conversations.script import Authored, Text


class MyDataPhrases(Authored):
    """The window that shows all that is kept. Names that end in `_label` stand above a line."""

    title: Text
    in_chat: Text
    intro: Text
    nothing: Text
    page: Text
    next_page: Text
    earlier_page: Text
    offer_lock: Text
    name_label: Text
    name: Text
    until_label: Text
    until: Text
    until_kept: Text
    readers_label: Text
    readers: Text
    readers_locked: Text
    language_label: Text
    where_label: Text
    between: Text
    numbers_label: Text
    earlier_label: Text
    heard_label: Text
    signs: dict[Literal["asked", "stuck", "soon"], Text]
    marks_label: Text
    marks: Text


class LockPhrases(Authored):
    """Setting a lock, opening it, and what goes wrong with it. People read "code"."""

    offer: tuple[Text, ...]
    ask: Text
    nothing_to_lock: Text
    already: Text
    copy_it: Text
    title: Text
    your_code: Text
    in_chat: Text
    type_back: Text
    mistyped: Text
    too_late: Text
    locked: Text
    ask_code: Text
    where_to_type: Text
    opened: Text
    not_found: Text
    too_many: Text
    closed: Text
    beside: Text


class SavePhrases(Authored):
    """The file that `luwte talk` writes on request."""

    file: Text
    ask: Text
    written: Text
    exists: Text
    failed: Text
