"""The page for operators says what happens, and each row of it is a test that exists."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

import bot
from adapters.faults import CODES
from bot.admin import Readiness
from bot.metrics import Metrics

BOT = Path(str(bot.__file__)).parent
PAGE = (BOT / "OPERATING.md").read_text()
TESTS = Path(__file__).parents[1]


def proofs() -> list[str]:
    return re.findall(r"`([a-z_/]+\.py::test_\w+)`", PAGE)


def test_the_table_of_faults_covers_what_was_asked() -> None:
    assert len(proofs()) >= 25
    for fault in ("locked", "gone, and back", "disk full", "damaged", "clock jumps", "kill -9"):
        assert fault in PAGE


@pytest.mark.parametrize("proof", proofs())
def test_every_row_names_a_test_that_exists(proof: str) -> None:
    file, _, name = proof.partition("::")

    assert re.search(rf"^(async )?def {name}\(", (TESTS / file).read_text(), re.MULTILINE)


def test_every_file_it_names_is_there() -> None:
    linked = re.findall(r"\]\(([\w./-]+)\)", PAGE)

    assert linked
    assert all((BOT / name).exists() for name in linked)
    for soak in re.findall(r"`(soak/\w+\.py)`", PAGE):
        assert (TESTS / soak).exists()


def test_every_series_and_code_it_names_exists() -> None:
    metrics = Metrics()
    for chore in ("purge", "destroy", "recheck"):
        metrics.chore(chore)
    for name in ("luwte_requests_in_hand", "luwte_store_waiting", "luwte_answers_waiting"):
        metrics.watch(name, "as serve does", lambda: 0)
    page = metrics.page().decode()

    for series in re.findall(r"`(luwte_\w+|process_\w+)", PAGE):
        assert re.search(rf"^# TYPE {series.removesuffix('_total')}", page, re.MULTILINE), series
    assert set(re.findall(r"\b([SKBPX]\d)\b", PAGE)) <= set(CODES.values())
    assert Readiness.__doc__
