"""What must not tell whose a case is: its alias anywhere, its id in the row of a person."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from bot.audit.encodings import forms
from bot.audit.scanner import Finding
from storage.inspection import Inspection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.audit.stage import Stage


def look(stage: Stage, aliases: Iterable[str]) -> set[Finding]:
    """In files, in the database, and in everything that was sent but the windows of the two."""
    known = {form for alias in aliases for form in forms(alias)}
    found = {
        Finding(where, "an alias")
        for where, data in (*_files(stage), *_requests(stage))
        if any(form in data for form in known)
    }
    return found | (
        {Finding("column person.sealed", "the id of a case")} if _joined(stage) else set()
    )


def _files(stage: Stage) -> Iterator[tuple[str, bytes]]:
    for folder in (stage.data, stage.temporary, stage.logs):
        for path in sorted(folder.rglob("*")):
            if path.is_file():
                yield f"{folder.name}/{path.name}", path.read_bytes().lower()


def _requests(stage: Stage) -> Iterator[tuple[str, bytes]]:
    for sent in stage.sent:
        if not sent.window:
            yield (
                f"request {sent.where}",
                json.dumps(sent.body, ensure_ascii=False).lower().encode("utf-8", "replace"),
            )


def _joined(stage: Stage) -> bool:
    """Whether an id of a case, a letter or a coach stands in the row of a person, raw or in hexadecimal."""
    with Inspection(stage.database) as seen:
        rows = [value for row in seen.rows("person") for value in row.values()]
        whole = b"".join(each for each in rows if isinstance(each, bytes))
        ids = [
            row[name]
            for table in ("case", "letter", "tombstone", "coach")
            for row in seen.rows(table)
            for name in ("id", "case")
            if name in row
        ]
    known = [each for each in ids if isinstance(each, bytes)]
    return any(each in whole or each.hex().encode() in whole for each in known)
