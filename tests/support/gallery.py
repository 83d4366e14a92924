"""One HTML page of everything that people can be shown, to be looked at; any platform adds its own."""

from __future__ import annotations

from dataclasses import dataclass
from html import escape
from itertools import groupby
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

STYLE = """
body { font-family: "Liberation Sans", sans-serif; margin: 16px; background: #f4f4f4; }
h2 { margin: 32px 0 8px; } nav { columns: 3; font-size: 13px; }
.wall { display: flex; flex-wrap: wrap; gap: 16px; align-items: flex-start; }
figure { margin: 0; width: WIDTHpx; max-width: 100%; }
figcaption { font-size: 12px; color: #555; margin-bottom: 4px; }
.frame { background: #fff; border: 1px solid #ccc; border-radius: 8px; padding: 12px; zoom: TEXT%;
  overflow: hidden; }
"""


@dataclass(frozen=True, slots=True)
class Exhibit:
    """`section` groups what belongs together; `html` is the thing itself, safe to be shown."""

    section: str
    name: str
    html: str


def page(exhibits: Iterable[Exhibit], styles: Iterable[str], *, width: int, text: int) -> str:
    """The page: each exhibit `width` pixels wide, its text at `text` percent. Doubles are left out."""
    seen: set[str] = set()
    sections: list[str] = []
    index: list[str] = []
    for section, every in groupby(exhibits, lambda each: each.section):
        figures = []
        for each in every:
            if each.html in seen:
                continue
            seen.add(each.html)
            figures.append(
                f"<figure><figcaption>{escape(each.name)}</figcaption>"
                f'<div class="frame">{each.html}</div></figure>'
            )
        anchor = f"s{len(index)}"
        index.append(f'<div><a href="#{anchor}">{escape(section)}</a> ({len(figures)})</div>')
        wall = f'<div class="wall">{"".join(figures)}</div>'
        sections.append(f'<h2 id="{anchor}">{escape(section)}</h2>{wall}')
    style = STYLE.replace("WIDTH", str(width)).replace("TEXT", str(text)) + "".join(styles)
    head = f'<!doctype html><meta charset="utf-8"><title>Luwte</title><style>{style}</style>'
    return f"{head}<nav>{''.join(index)}</nav>{''.join(sections)}"
