"""How well themes and feelings are heard in the labelled utterances: `python -m tests.report.understanding`.

The even rows tune the lexicon, the odd rows are only reported on; `--tuned` prints the even ones,
with those of the `more` files, which were all looked at while the lexicon was written.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Final

from conversations import library
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from conversations.lexicon import Lexicon
    from conversations.script import Language

UTTERANCES: Final = Path(__file__).parents[1] / "conversations" / "utterances"


@dataclass(frozen=True, slots=True)
class Labelled:
    """One utterance with the themes and feelings that a person hears in it."""

    said: str
    themes: frozenset[str]
    feelings: frozenset[str]


@dataclass(slots=True)
class Score:
    """Right, wrong and missed, per name."""

    right: Counter[str] = field(default_factory=Counter)
    wrong: Counter[str] = field(default_factory=Counter)
    missed: Counter[str] = field(default_factory=Counter)

    def add(self, wanted: frozenset[str], heard: frozenset[str]) -> None:
        """Count one utterance."""
        self.right.update(wanted & heard)
        self.wrong.update(heard - wanted)
        self.missed.update(wanted - heard)

    def precision(self, name: str) -> float:
        """1 when it was never heard."""
        heard = self.right[name] + self.wrong[name]
        return self.right[name] / heard if heard else 1.0

    def recall(self, name: str) -> float:
        """1 when it never should have been heard."""
        wanted = self.right[name] + self.missed[name]
        return self.right[name] / wanted if wanted else 1.0

    def f1(self, name: str) -> float:
        """The harmonic mean of both."""
        precision, recall = self.precision(name), self.recall(name)
        return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured in one language. `abstained` is of the `neutral` utterances."""

    themes: Score
    feelings: Score
    neutral: int
    abstained: int
    count: int


def labelled(language: Language, name: str = "themes") -> list[Labelled]:
    """Every utterance of one file of this language, in the order in which it was written."""
    lines = (UTTERANCES / f"{language}.{name}.jsonl").read_text(encoding="utf-8").splitlines()
    rows = (json.loads(line) for line in lines)
    return [
        Labelled(row["said"], frozenset(row["themes"]), frozenset(row["feelings"])) for row in rows
    ]


def measure(lexicon: Lexicon, language: Language, *, odd: bool) -> Report:
    """Listen to one half of the utterances, the even one with what else was tuned on."""
    themes, feelings, neutral, abstained, count = Score(), Score(), 0, 0, 0
    more = [] if odd else labelled(language, "themes.more")
    for each in labelled(language)[odd::2] + more:
        found = lexicon.understand(each.said, language)
        heard = frozenset(t for t in found.themes if not lexicon.themes[t].quiet)
        themes.add(each.themes, heard)
        feelings.add(each.feelings, frozenset(found.feelings))
        neutral += not each.themes
        abstained += not each.themes and not heard
        count += 1
    return Report(themes, feelings, neutral, abstained, count)


def macro(score: Score, names: list[str]) -> tuple[float, float, float]:
    """Precision, recall and F1, each the mean over these names."""
    count = len(names)
    return (
        sum(map(score.precision, names)) / count,
        sum(map(score.recall, names)) / count,
        sum(map(score.f1, names)) / count,
    )


def _show(title: str, score: Score, names: list[str]) -> None:
    print(f"  {title:<12}   P     R     F1   right wrong missed")
    for name in names:
        figures = (score.precision(name), score.recall(name), score.f1(name))
        counts = (score.right[name], score.wrong[name], score.missed[name])
        print(f"  {name:<12} {figures[0]:.2f}  {figures[1]:.2f}  {figures[2]:.2f}  "
              f"{counts[0]:5d} {counts[1]:5d} {counts[2]:6d}")  # fmt: skip
    print("  {:<12} {:.2f}  {:.2f}  {:.2f}".format("macro", *macro(score, names)))


def main(arguments: list[str] | None = None) -> int:
    """Print the report of both languages."""
    parser = argparse.ArgumentParser(description="What is heard in the labelled utterances.")
    parser.add_argument(
        "--tuned", action="store_true", help="the half that the lexicon was tuned on"
    )
    odd = not parser.parse_args(arguments).tuned
    lexicon = library.load().lexicon
    names = [name for name, theme in lexicon.themes.items() if not theme.quiet]
    for language in LANGUAGES:
        report = measure(lexicon, language, odd=odd)
        half = "reported on" if odd else "tuned on"
        print(f"{language}: {report.count} utterances ({half})")
        _show("theme", report.themes, names)
        _show("feeling", report.feelings, list(lexicon.feelings))
        print(f"  abstained on {report.abstained} of {report.neutral} without a theme\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
