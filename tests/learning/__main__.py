"""`python -m tests.learning`: learns the weights of the safety classifier anew and says how well.

Every sentence is first judged by what all writers but its own taught. From those sums the bars are
set: so many harmless sentences may pass, and far fewer ordinary ones. The weights in the file are
then learnt from everybody.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from conversations.safety import weights
from conversations.safety.classifier import KINDS, LEVELS
from conversations.script import LANGUAGES
from tests.learning.examples import examples, learnt
from tests.learning.sentences import NONE, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.safety.classifier import Kind
    from conversations.safety.levels import Level
    from tests.learning.sentences import Sentence

Scores = dict["Kind", float]

ORDINARY: Final[Mapping[Level, float]] = {
    "L2": 0.002,
    "L1": 0.02,
    "harm_other": 0.006,
    "harassment": 0.02,
    "burnout": 0.015,
}
"""Which part of ordinary answers may pass each bar; their writers wrote nothing else."""

MISTAKEN: Final[Mapping[Level, float]] = {
    "L2": 0.012,
    "L1": 0.04,
    "harm_other": 0.03,
    "harassment": 0.03,
    "burnout": 0.03,
}
"""Which part of all harmless sentences, most of them written to be mistaken for danger."""


def main() -> None:
    """Writes `content/weights.tsv` and prints what is heard of sentences by writers who taught nothing."""
    every = examples(sentences())
    scored: list[tuple[Sentence, Scores]] = []
    for writer in sorted({each.sentence.writer for each in every}):
        others = learnt([each for each in every if each.sentence.writer != writer])
        scored += [
            (each.sentence, {kind: others.score(kind, each) for kind in KINDS})
            for each in every
            if each.sentence.writer == writer
        ]
    bars = {level: _bar(scored, kind, level) for kind, level in LEVELS}
    _tell(scored, bars)
    file = Path(str(resources.files("conversations"))) / "content" / "weights.tsv"
    file.write_text(weights.text(learnt(every).weights(bars)), encoding="utf-8")


def _bar(scored: Sequence[tuple[Sentence, Scores]], kind: Kind, level: Level) -> int:
    """The sum that no more of the harmless sentences reach than may, in hundredths."""
    dark = {sentence.writer for sentence, _ in scored if sentence.kind != NONE}
    harmless = [(s.writer in dark, each[kind]) for s, each in scored if s.kind == NONE]
    mistaken = _passed([score for _, score in harmless], MISTAKEN[level])
    return max(
        mistaken, _passed([score for is_dark, score in harmless if not is_dark], ORDINARY[level])
    )


def _passed(scores: Sequence[float], part: float) -> int:
    return round(100 * sorted(scores)[-round(part * len(scores)) - 1]) + 1


def _tell(scored: Sequence[tuple[Sentence, Scores]], bars: Mapping[Level, int]) -> None:
    dark = {sentence.writer for sentence, _ in scored if sentence.kind != NONE}
    for kind, level in LEVELS:
        for language in LANGUAGES:
            of_it = [
                (s, 100 * each[kind] >= bars[level]) for s, each in scored if s.language == language
            ]
            meant = [passed for s, passed in of_it if s.kind == kind]
            alike = [passed for s, passed in of_it if s.kind == NONE and s.writer in dark]
            ordinary = [passed for s, passed in of_it if s.kind == NONE and s.writer not in dark]
            print(
                f"{level:11} {language}  heard {sum(meant)} of {len(meant)} {kind},"
                f" {sum(alike)} of {len(alike)} that look alike, {sum(ordinary)} of {len(ordinary)} ordinary"
            )


if __name__ == "__main__":
    main()
