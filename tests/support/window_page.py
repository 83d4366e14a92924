"""Slack's part of the screen as a page: the Home tab or the window that somebody sees, whose buttons work.

A click becomes a signed request as Slack would send it; what the bot shows then stands in the page.
"""

from __future__ import annotations

from contextlib import asynccontextmanager
from typing import TYPE_CHECKING

from aiohttp import web

from tests.support import blockkit_html
from tests.support.slack import serve

if TYPE_CHECKING:
    from collections.abc import AsyncIterator

    from tests.support.window import WindowPerson

SCRIPT = """
const place = document.querySelector('#place');
place.addEventListener('click', async event => {
  const button = event.target.closest('[role=button]');
  if (!button || window.busy) return;
  window.busy = true;
  const answered = await fetch('/press', { method: 'POST', body: button.textContent });
  place.innerHTML = await answered.text();
  window.busy = false;
});
"""
PAGE = """<!doctype html><meta charset="utf-8"><title>Slack</title>
<style>body {{ max-width: 32em; margin: 16px auto; zoom: {zoom}%; }} {style}</style>
<main id="place">{shown}</main><script>{script}</script>"""


@asynccontextmanager
async def page_of(me: WindowPerson, zoom: int = 100) -> AsyncIterator[str]:
    """Where the page is. Windows are sent by the test itself; here is what can be pressed."""

    async def whole(_: web.Request) -> web.Response:
        text = PAGE.format(style=blockkit_html.STYLE, shown=_shown(me), script=SCRIPT, zoom=zoom)
        return web.Response(text=text, content_type="text/html")

    async def press(request: web.Request) -> web.Response:
        await _pressed(me, await request.text())
        return web.Response(text=_shown(me), content_type="text/html")

    app = web.Application()
    app.router.add_get("/", whole)
    app.router.add_post("/press", press)
    runner, port = await serve(app)
    yield f"http://127.0.0.1:{port}/"
    await runner.cleanup()


def _shown(me: WindowPerson) -> str:
    return blockkit_html.view(me.api.home(me.user) if me.view is None else me.view)


async def _pressed(me: WindowPerson, label: str) -> None:
    if me.view is None:
        await me.at_home(label)
    elif label == me.view["close"]["text"]:
        me.close()
        await me.open_home()
    else:
        await me.press(label)
