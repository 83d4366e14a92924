"""The Home tab as a view: what stands outside of every conversation, and never an answer.

Slack keeps a published Home until the next one, so it shows what the engine calls the lobby and
nothing else. https://docs.slack.dev/reference/views/home-tab-views
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from adapters.slack.blocks import HOME, bold, button, paragraphs, pieces, rows, section
from adapters.slack.carried import Carried, written

if TYPE_CHECKING:
    from collections.abc import Sequence

    from adapters.slack.blocks import Block
    from adapters.slack.window import View
    from conversations.turn import Button, Turn


def view(turn: Turn) -> View:
    """What `views.publish` takes. It carries the token, and so the language of somebody without a row."""
    blocks = paragraphs(turn.says)
    shown: View = {"type": "home", "blocks": blocks}
    if turn.prompt is not None:
        prompt = turn.prompt
        blocks += [section(piece) for piece in pieces(bold(prompt.ask))]
        blocks += rows(f"{HOME}options", _buttons(prompt.options, prompt.token, "private"))
        blocks.append({"type": "divider"})
        blocks += rows(f"{HOME}controls", _buttons(prompt.controls, prompt.token))
        shown["private_metadata"] = written(Carried(prompt.token))
    return shown


def _buttons(named: Sequence[Button], token: str, first: str | None = None) -> list[Block]:
    return [
        button(each.name, each.label, token, "primary" if each.name == first else None)
        for each in named
    ]
