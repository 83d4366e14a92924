"""Leaks into files: plain, or in some disguise."""

from __future__ import annotations

import base64
import codecs
import gzip
import os
import random
import zlib
from typing import TYPE_CHECKING

from bot.audit.seeds.planting import Seed, leaking, write

if TYPE_CHECKING:
    from collections.abc import Iterator

    from bot.audit.canaries import Invented
    from bot.audit.stage import Stage


def of_files() -> Iterator[Seed]:
    yield Seed("words in a temporary file", "temporary/.*typed words, plain",
               leaking(lambda s, _, w: write(s.temporary / "draft", w)))  # fmt: skip
    yield Seed("an id in the name of a file", "temporary/.*platform id, plain",
               leaking(lambda s, p, _: write(s.temporary / p.slack_user, "")))  # fmt: skip
    yield Seed("an id in base64 in the key folder", "keys/.*platform id, base64",
               leaking(lambda s, p, _: write(s.keys / "cache", _base64(p.slack_user))))  # fmt: skip
    yield Seed("a name in a file of figures", "state/.*name or e-mail, plain",
               leaking(lambda s, p, _: write(s.data / "metrics", f'talks{{by="{p.name}"}} 1')))  # fmt: skip
    yield Seed("an e-mail address in UTF-16", "name or e-mail, UTF-16",
               leaking(lambda s, p, _: write(s.data / "wide", p.mail, "utf-16")))  # fmt: skip
    yield Seed("words written backwards", "reversed",
               leaking(lambda s, _, w: write(s.data / "odd", w[::-1])))  # fmt: skip
    yield Seed("words in ROT13", "ROT13",
               leaking(lambda s, _, w: write(s.data / "odd", codecs.encode(w, "rot13"))))  # fmt: skip
    yield Seed("words in hexadecimal", "hexadecimal",
               leaking(lambda s, _, w: write(s.data / "odd", w.encode().hex())))  # fmt: skip
    yield Seed("words in base32", "base32",
               leaking(lambda s, _, w: write(s.data / "odd", _base32(w))))  # fmt: skip
    yield Seed("words as a list of bytes", "list of bytes",
               leaking(lambda s, _, w: write(s.data / "odd", str(list(w.encode())))))  # fmt: skip
    yield Seed("words compressed three times", "compressed, compressed, compressed",
               leaking(_thrice))  # fmt: skip
    yield Seed("a file that nobody knows in the key folder", "key folder.*not in the data map",
               leaking(lambda s, _p, _w: write(s.keys / "notes", "nothing")))  # fmt: skip
    yield Seed("a month's secret whose file tells when somebody came", "its time tells",
               leaking(_touched))  # fmt: skip
    yield Seed("a key that others can read", "can be read by others",
               leaking(lambda s, _p, _w: (s.keys / "root.key").chmod(0o644)))  # fmt: skip


def _thrice(stage: Stage, _person: Invented, words: str) -> None:
    if words:
        noise = random.Random(1).randbytes(32).hex()
        packed = zlib.compress(gzip.compress(zlib.compress(f"{noise} {words}".encode())))
        (stage.data / "packed").write_bytes(b"some bytes before" + packed)


def _touched(stage: Stage, _person: Invented, _words: str) -> None:
    for path in (stage.keys / "epochs").iterdir():
        os.utime(path)


def _base64(text: str) -> str:
    return base64.b64encode(f"v1:{text}".encode()).decode()


def _base32(text: str) -> str:
    return base64.b32encode(text.encode()).decode()
