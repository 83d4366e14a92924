"""`luwte audit live`: searches the running installation for real ids and names; it reads, and prints none.

The list stays with whoever runs this: it is read from a file, held in memory, and not repeated.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from bot import settings
from bot.audit.needles import Needles
from bot.audit.report import Report
from bot.errors import SettingsError
from storage.inspection import Inspection

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path


def live(env: Mapping[str, str], ids: Path, logs: Iterable[Path]) -> int:
    """1 when anything on the list was found. Raises SettingsError, and StoreError without a database."""
    needles = _listed(ids)
    data = settings.data_folder(env)
    database, keys = settings.database_url(env, data), settings.keys_folder(env, data)
    report = Report("Search of the running installation for a list of ids and names")
    report.section(f"{needles.count} ids and names, each in its usual forms and unsalted hashes")
    if needles.too_short:
        report.tell("", f"{needles.too_short} lines are too short to tell from chance; left out.")
    _tell(report, "the database, every value", needles, _values(database))
    _tell(report, "the data folder", needles, _files(data, keys))
    _tell(report, "the key folder", needles, _files(keys))
    given = list(logs)
    for path in given:
        _tell(report, f"the log {path.name}", needles, _log(path))
    if not given:
        report.tell("", "No logs were given: name them with --logs, /dev/stdin included.")
    return report.end()


def _listed(ids: Path) -> Needles:
    try:
        lines = ids.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError):
        raise SettingsError("--ids names a file that cannot be read as UTF-8") from None
    needles = Needles(dict.fromkeys(line.strip() for line in lines if line.strip()))
    if not needles.count:
        raise SettingsError("--ids names a file without an id or name of six characters or more")
    return needles


def _tell(report: Report, where: str, needles: Needles, parts: Iterable[tuple[str, bytes]]) -> None:
    """One line for a place; below it which column or file, in which form, how often."""
    found, size = [], 0
    for name, data in parts:
        size += len(data)
        found += [f"{name}: {how}, {n} times" for how, n in needles.found(data).items()]
    verdict = f"{len(found)} places" if found else "nothing"
    report.check(not found, f"{where}: {verdict} found in {size / 1e6:.1f} MB", found)


def _values(database: str) -> Iterator[tuple[str, bytes]]:
    with Inspection(database) as seen:
        for table, columns in seen.columns().items():
            for row in seen.rows(table):
                for column in columns:
                    value = row[column]
                    yield (
                        f"column {table}.{column}",
                        value if isinstance(value, bytes) else str(value).encode(),
                    )


def _files(folder: Path, without: Path | None = None) -> Iterator[tuple[str, bytes]]:
    """The names of files count as well; where one holds an id, it is not printed."""
    for number, path in enumerate(sorted(folder.rglob("*"))):
        if without is not None and path.is_relative_to(without):
            continue
        yield f"name of file {number}", path.name.encode("utf-8", "surrogateescape")
        if path.is_file() and not path.is_symlink():
            yield f"file {number} ({path.suffix or 'no suffix'})", _read(path)


def _log(path: Path) -> Iterator[tuple[str, bytes]]:
    if path.is_dir():
        yield from _files(path)
    else:
        yield path.name, _read(path)


def _read(path: Path) -> bytes:
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return b""
    except OSError:
        raise SettingsError(
            f"cannot read {path.parent}: run it as the user of the service"
        ) from None
