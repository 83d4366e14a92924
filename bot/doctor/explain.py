"""What a code means that a person saw beside "Something went wrong", and what to do about it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from adapters.faults import CODES
from bot.errors import SettingsError

if TYPE_CHECKING:
    from adapters.faults import Fault


@dataclass(frozen=True, slots=True)
class Meaning:
    """`what` happened, what became of the person's message, and what `mends` it."""

    what: str
    person: str
    mends: str


NOTHING_KEPT = (
    "Nothing of that message was kept and the question is still open: typing or pressing it again "
    "is enough. What was answered before is safe."
)

MEANINGS: dict[Fault, Meaning] = {
    "unreachable": Meaning(
        "The database could not be reached, or broke the connection.",
        NOTHING_KEPT,
        "Start the database, look whether address and password in LUWTE_DATABASE still hold, and "
        "whether it has connections left. The process connects again by itself.",
    ),
    "locked": Meaning(
        "Something else held the database for longer than a second.",
        NOTHING_KEPT,
        "SQLite: stop whatever else has the file open: a second `serve`, a `purge` from the shell, "
        "a backup that locks. PostgreSQL: look in pg_stat_activity for what waits; a statement "
        "gets five seconds.",
    ),
    "disk": Meaning(
        "The database cannot write: the disk is full, failing or read-only.",
        NOTHING_KEPT,
        "Make room on the disk of the database (`df -h`), or mount it writable again. No restart is "
        "needed.",
    ),
    "damaged": Meaning(
        "The database says of itself that it is damaged.",
        NOTHING_KEPT,
        "Stop serve, keep a copy of the files, and restore the last backup (bot/OPERATING.md, "
        "Backup). SQLite: `PRAGMA integrity_check` tells how much is left.",
    ),
    "unknown": Meaning(
        "The store refused for another reason: two processes wrote one row again and again, or a "
        "row would not be what it must be.",
        NOTHING_KEPT,
        "Once is nothing. If it goes on, look for `turn_not_kept` in the log, and whether every "
        "process runs the same release.",
    ),
    "keys": Meaning(
        "A key could not be read: the folder of keys is gone, locked or not the one of this database.",
        "Nothing was read or kept. Nothing is lost as long as the key folder can be brought back.",
        "`luwte keys status` says which key and why. Mount the folder again, mend its modes, or "
        "restore its backup. Never make a new root key in its place.",
    ),
    "crowded": Meaning(
        "More came in than this machine could do, or the process was just stopping.",
        NOTHING_KEPT,
        "Look at luwte_store_waiting and luwte_store_seconds: a slow disk, or one process too few. "
        "With PostgreSQL start another `serve`.",
    ),
    "busy": Meaning(
        "The same person's earlier message took longer than a second.",
        NOTHING_KEPT,
        "Single cases are two quick clicks. Many of them: the store is slow, as with B1.",
    ),
    "limited": Meaning(
        "One person, or their whole organisation, sent more than people do; nobody else noticed.",
        "Messages above the limit are dropped. A moment later everything works again.",
        "Nothing to mend. LUWTE_PERSON_LIMIT sets how much one person may send in a minute.",
    ),
    "platform": Meaning(
        "Slack did not show a window: it was slow, or said no.",
        "The answer is kept; only the window is missing. Pressing again opens it.",
        "Look for `slack_refused` in the log: its code is Slack's own word. `luwte doctor` tries the "
        "token and its rights.",
    ),
    "unexpected": Meaning(
        "An error in this program.",
        NOTHING_KEPT,
        "Look for `turn_failed` in the log: its code is the class of the error. Report it with that "
        "line and the release; nothing about the person is in it.",
    ),
}


def explain(code: str | None) -> str:
    """What this code means; without one, a line about each. Raises SettingsError for another word."""
    if code is None:
        return "\n".join(f"{CODES[fault]}  {MEANINGS[fault].what}" for fault in CODES)
    fault = next((each for each, shown in CODES.items() if code.upper() == shown), None)
    if fault is None:
        raise SettingsError(f"there is no such code; there are {', '.join(CODES.values())}")
    meaning = MEANINGS[fault]
    return (
        f"{CODES[fault]}, in the log and in metrics: {fault}\n\n{meaning.what}\n\n"
        f"The person:  {meaning.person}\n\nWhat to do:  {meaning.mends}"
    )
