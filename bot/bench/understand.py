"""What it costs to understand one text of sixty words: the price of every typed turn."""

from __future__ import annotations

import json
import statistics
import time
from functools import partial
from typing import TYPE_CHECKING, Final

from conversations import library
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Callable

    from conversations.script import Language

TIMES: Final = 5_000
TEXTS: Final[dict[Language, str]] = {
    "nl": (
        "Nou kijk, mijn leidinggevende vraagt eigenlijk nooit wat ik ervan vind, en dan is er ook nog "
        "de drukte: er komt elke week iets bij en er gaat nooit iets af. Aan het eind van de dag ben "
        "ik leeg en dan zit ik 's avonds weer achter de laptop, terwijl ik eigenlijk gewoon iets nieuws "
        "zou willen leren hier."
    ),
    "en": (
        "Well look, my manager never really asks what I think about things, and then there is the "
        "workload: every week something gets added and nothing ever comes off. At the end of the day "
        "I'm empty and in the evening I'm back behind my laptop, while all I actually want is to learn "
        "something new here, with room for it."
    ),
}
"""One of either language, about four subjects; sixty words, as the limit of a reflection."""


def understand(*, as_json: bool, times: int = TIMES) -> int:
    """Prints the medians of so many times, in microseconds."""
    figures = measure(times)
    if as_json:
        print(json.dumps({"unit": "us", "times": times, "median": figures}))
        return 0
    print(f"Median of {times} times one text of 60 words, in microseconds:")
    for language, parts in figures.items():
        row = "  ".join(f"{name} {median:.1f}" for name, median in parts.items())
        print(f"  {language}  {row}")
    return 0


def measure(times: int) -> dict[str, dict[str, float]]:
    """Medians in microseconds: `safety`, `listening`, and both together as `all`."""
    scripts = library.load()
    figures: dict[str, dict[str, float]] = {}
    for language in LANGUAGES:
        words = TEXTS[language]
        safety = _median(partial(scripts.safety.level, words), times)
        listening = _median(partial(scripts.lexicon.understand, words, language), times)
        figures[language] = {
            "safety": safety,
            "listening": listening,
            "all": round(safety + listening, 2),
        }
    return figures


def _median(work: Callable[[], object], times: int) -> float:
    took = []
    for _ in range(times):
        begun = time.perf_counter_ns()
        work()
        took.append(time.perf_counter_ns() - begun)
    return round(statistics.median(took) / 1_000, 2)
