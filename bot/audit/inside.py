"""What lies in the rows when they are opened: by whoever has every key and the staff list, and by codes.

A row may hold what its person typed. It may not hold an id, a name, an address, a code or a ticket,
nor anybody else's words: nobody else would see those, but they would have been written down.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from adapters.terminal import ME
from bot import wiring
from bot.audit.crowd import content, opens, server_keys, with_key
from bot.audit.locks import whose
from bot.audit.scanner import Finding
from storage.epoch_files import EPOCHS
from storage.identities import Identities
from storage.inspection import Inspection
from storage.keys import place_of
from storage.lock import behind

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from bot.audit.canaries import Invented
    from bot.audit.locks import Who
    from bot.audit.scanner import Scanner
    from bot.audit.stage import Stage
    from conversations.person import Place
    from storage.inspection import Value

    Row = dict[str, Value]


@dataclass
class Inside:
    """`opened` rows need no code, `locked` ones do; `forced` of those open without one after all."""

    opened: int = 0
    locked: int = 0
    forced: int = 0
    findings: set[Finding] = field(default_factory=set)


def look(stage: Stage, people: Iterable[Invented], scanner: Scanner) -> Inside:
    """Open what can be opened of these people and of whoever sat at the terminal, and look."""
    keyring = Identities(wiring.root_keys(stage.keys, {}), stage.keys / EPOCHS, stage.clock)
    with Inspection(stage.database) as seen:
        rows = {bytes(row["locator"]): row for row in seen.rows("person")}  # type: ignore[arg-type]
    staff = [who for person in people for who in addresses(person)]
    staff.append((ME.platform, ME.tenant, ME.user))
    open_keys = list(server_keys(stage.keys))
    inside = Inside()
    for who in staff:
        for place in keyring.identify(*who).places:
            open_keys.append(place.key)
            if place.locator in rows:
                inside.opened += _looked_at(place, rows[place.locator], who, scanner, inside, stage)
    for who in staff:
        for place in _behind(keyring, who, stage):
            if place.locator in rows:
                row = rows[place.locator]
                inside.locked += _looked_at(place, row, who, scanner, inside, stage)
                inside.forced += any(opens(with_key(row, key), row) for key in open_keys)
    return inside


def addresses(person: Invented) -> tuple[Who, Who]:
    """Under which a platform brings this person."""
    return (
        ("slack", person.town.slack_team, person.slack_user),
        ("teams", person.town.teams_tenant, person.teams_user),
    )


def _behind(keyring: Identities, who: Who, stage: Stage) -> Iterator[Place]:
    """Everywhere that a code which was entered by this person leads."""
    held = stage.noted.keys.get(who, set())
    for month, person in keyring.persons(*who):
        for epoch, key in held:
            if epoch == month:
                yield place_of(behind(person, key), epoch)


def _looked_at(
    place: Place, row: Row, who: Who, scanner: Scanner, inside: Inside, stage: Stage
) -> bool:
    """Whether it opens; what it must not hold is added to the findings."""
    session = content(place, row)
    if session is None:
        return False
    person = whose(stage.town, who[2])
    own = re.compile(rf"{stage.town.mark}tt{person.number:02d}".encode())
    found = scanner.look(own.sub(b"", session))
    inside.findings |= {Finding("inside a sealed row", what) for what in found}
    return True
