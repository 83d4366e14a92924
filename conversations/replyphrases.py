"""What the bot says when it understood too little or too much; read with `phrases.py`."""

from __future__ import annotations

from conversations.script import Authored, Text


class ReplyPhrases(Authored):
    """`shift` holds {start}, the first number. The comments in `content/phrases.yaml` tell the rest."""

    shift: Text
    more: Text
    at_once: Text
    part: Text
    not_all: Text
    about: Text
    something_else: Text
    no_need: Text
    buttons: Text
    buttons_only: Text
    keep_typing: Text
    language: Text
