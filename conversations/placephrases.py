"""What the bot says about where a conversation is held, and outside of all; read with `phrases.py`."""

from __future__ import annotations

from conversations.script import Authored, Text


class SurfacePhrases(Authored):
    """The chat or the private window. `private`, `chat` and `open` are buttons."""

    where: Text
    private: Text
    chat: Text
    open: Text
    elsewhere: Text
    whenever: Text
    not_read: Text


class HomePhrases(Authored):
    """What stands where no conversation is open. `begin` and `go_on` are buttons.

    `listed` is the one line in a platform's list of apps: at most 80 characters.
    """

    listed: Text
    what: tuple[Text, ...]
    ask: Text
    begin: Text
    go_on: Text
