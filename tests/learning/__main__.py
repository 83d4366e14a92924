"""`python -m tests.learning`: learns the weights of the safety classifier anew and says how well.

Every sentence is first judged by what all writers but its own taught. From those sums the bars are
set: of harmless sentences, nearly all of them written to be mistaken, so many may pass. The weights
in the file are then learnt from everybody.
"""

from __future__ import annotations

from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, Final

from conversations.safety import weights
from conversations.safety.classifier import KINDS, LEVELS
from conversations.script import LANGUAGES
from tests.learning.examples import learnt, with_signs
from tests.learning.sentences import NONE, sentences

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from conversations.safety.classifier import Kind
    from conversations.safety.levels import Level
    from tests.learning.sentences import Sentence

Scores = dict["Kind", float]

MISTAKEN: Final[Mapping[Level, float]] = {
    "L2": 0.012,
    "L1": 0.04,
    "harm_other": 0.03,
    "harassment": 0.03,
    "burnout": 0.03,
}
"""Which part of the harmless sentences may pass each bar: the question costs least, the card most."""


def main() -> None:
    """Writes `content/weights.tsv` and prints what is heard of sentences by writers who taught nothing."""
    examples = with_signs(sentences())
    scored: list[tuple[Sentence, Scores]] = []
    for writer in sorted({sentence.writer for sentence, _ in examples}):
        others = learnt([each for each in examples if each[0].writer != writer])
        for sentence, signs in examples:
            if sentence.writer == writer:
                scored.append((sentence, {kind: others.score(kind, signs) for kind in KINDS}))
    bars = {level: _bar(scored, kind, MISTAKEN[level]) for kind, level in LEVELS}
    _tell(scored, bars)
    file = Path(str(resources.files("conversations"))) / "content" / "weights.tsv"
    file.write_text(weights.text(learnt(examples).weights(bars)), encoding="utf-8")


def _bar(scored: Sequence[tuple[Sentence, Scores]], kind: Kind, mistaken: float) -> int:
    """The sum that only this part of the harmless sentences reaches, in hundredths."""
    harmless = sorted(scores[kind] for sentence, scores in scored if sentence.kind == NONE)
    return round(100 * harmless[-round(mistaken * len(harmless)) - 1]) + 1


def _tell(scored: Sequence[tuple[Sentence, Scores]], bars: Mapping[Level, int]) -> None:
    for kind, level in LEVELS:
        for language in LANGUAGES:
            of_it = [(s, scores[kind]) for s, scores in scored if s.language == language]
            passed = [s.kind for s, score in of_it if 100 * score >= bars[level]]
            every = [s.kind for s, _ in of_it]
            print(
                f"{level:11} {language}  heard {passed.count(kind)} of {every.count(kind)} {kind},"
                f" and {passed.count(NONE)} of {every.count(NONE)} harmless"
            )


if __name__ == "__main__":
    main()
