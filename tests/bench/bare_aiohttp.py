"""The floor of every web server here: bare aiohttp reads a request and says 200. No reply, no signature.

python -m tests.bench.bare_aiohttp PORT
"""

from __future__ import annotations

import sys

from aiohttp import web


async def handle(request: web.Request) -> web.Response:
    await request.read()
    return web.Response()


def main(port: int) -> None:
    app = web.Application()
    app.router.add_post("/{path:.*}", handle)
    web.run_app(app, host="127.0.0.1", port=port, access_log=None, print=None)


if __name__ == "__main__":
    main(int(sys.argv[1]))
