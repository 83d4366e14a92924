"""`python -m tests.report.safety`: what safety hears in the labelled utterances, as a confusion table.

The classifier was taught on all of them: how it does on sentences of writers who taught it nothing,
`make learn` prints. What follows is about the patterns.

The grammar was tuned on every other sentence of each group in `*.safety.yaml`, and on all of
`*.safety.more.yaml`. `--half` chooses what is counted: the other half (`held`, the default), what it
was tuned on (`tuned`), or `all`.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final, Literal

from ruamel.yaml import YAML

from conversations import library
from conversations.safety.levels import ORDER
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from conversations.safety import Level, Safety
    from conversations.script import Language

Half = Literal["held", "tuned", "all"]

FOLDER: Final = Path(__file__).parents[1] / "conversations" / "utterances"

RIGHT: Final[Mapping[str, frozenset[Level]]] = MappingProxyType(
    {
        "acute": frozenset({"L3", "L2"}),
        "crisis": frozenset({"L3", "L2"}),
        "other": frozenset({"L3", "L2"}),
        "unclear": frozenset({"L1"}),
        "past": frozenset({"L1", "none"}),
        "joke": frozenset({"L1", "none"}),
        "denial": frozenset({"L1", "none"}),
        "idiom": frozenset({"none"}),
        "ending": frozenset({"none"}),
        **{level: frozenset({level}) for level in ORDER if level not in ("L3", "L2", "L1")},
    }
)
"""What may be heard in each group of the files. A group without a level of its own is harmless."""

CRISIS: Final = ("acute", "crisis", "other")
HARMLESS: Final = ("joke", "denial", "idiom", "ending", "none")


@dataclass(frozen=True, slots=True)
class Utterance:
    group: str
    words: str
    held: bool


def utterances(language: Language, half: Half = "all") -> Iterator[Utterance]:
    """The labelled sentences of this language, in the order of the files."""
    for file in (f"{language}.safety.yaml", f"{language}.safety.more.yaml"):
        text = (FOLDER / file).read_text(encoding="utf-8")
        for group, several in YAML(typ="safe").load(text).items():
            for number, words in enumerate(several):
                held = "more" not in file and number % 2 == 1
                if half == "all" or (half == "held") == held:
                    yield Utterance(group, words, held)


def heard(safety: Safety, language: Language, half: Half) -> dict[str, Counter[Level]]:
    """How often each level was heard in each group."""
    table: dict[str, Counter[Level]] = {group: Counter() for group in RIGHT}
    for each in utterances(language, half):
        table[each.group][safety.level(each.words)] += 1
    return table


def right(table: Mapping[str, Counter[Level]], group: str) -> tuple[int, int]:
    """How many of this group were heard as they should be, and how many there are."""
    return sum(table[group][level] for level in RIGHT[group]), table[group].total()


def main(arguments: Sequence[str] | None = None) -> None:
    """Prints one table a language and the figures that the targets are about."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--half", choices=("held", "tuned", "all"), default="held")
    chosen: Half = parser.parse_args(arguments).half
    safety = library.load().safety
    for language in LANGUAGES:
        table = heard(safety, language, chosen)
        print(f"\n{language}, {chosen}: what was said (rows), what was heard (columns)")
        print(f"{'':12}" + "".join(f"{level[:9]:>10}" for level in ORDER) + f"{'right':>10}")
        for group, counts in table.items():
            good, total = right(table, group)
            cells = "".join(f"{counts[level] or '.':>10}" for level in ORDER)
            print(f"{group:12}{cells}{f'{good}/{total}':>10}")
        print("\n".join(_figures(table)))


def _figures(table: Mapping[str, Counter[Level]]) -> Iterator[str]:
    crisis = sum((table[group] for group in CRISIS), Counter())
    silent = crisis.total() - crisis["L3"] - crisis["L2"] - crisis["L1"]
    yield f"crisis: {crisis['L3'] + crisis['L2']} of {crisis.total()} a card, {silent} missed"
    benign = sum((table[group] for group in HARMLESS), Counter())
    cards = benign["L3"] + benign["L2"] + benign["harm_other"]
    yield f"harmless: {cards} of {benign.total()} a card, {benign['L1']} the question"


if __name__ == "__main__":
    main()
