"""The sentences that are learnt from: invented, each with what is to be heard in it.

A file is one writer's. `kind<TAB>words`, one a line; "none" is a kind too: most answers are.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType
from typing import TYPE_CHECKING, Final

from ruamel.yaml import YAML

from conversations import library
from conversations.safety.classifier import KINDS
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from conversations.safety.levels import Level
    from conversations.script import Language

UTTERANCES: Final = Path(__file__).parents[1] / "conversations" / "utterances"
TRANSCRIPTS: Final = Path(__file__).parents[1] / "transcripts"

NONE: Final = "none"

GROUPS: Final[Mapping[str, str]] = MappingProxyType(
    {
        "acute": "crisis",
        **{kind: kind for kind in KINDS},
        **dict.fromkeys(
            ("joke", "denial", "idiom", "ending", NONE, "addiction", "dismissal", "wrongdoing"),
            NONE,
        ),
    }
)
"""What the groups of `*.safety*.yaml` are learnt as. What is unclear, past or another's is not learnt from."""

HITS: Final[Mapping[Level, str]] = MappingProxyType(
    {"L3": "crisis", "L2": "crisis", **{kind: kind for kind in KINDS if kind != "crisis"}}
)
"""The same of the `hits` in `safety.yaml`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """`writer` is the file it came from: what one person wrote is never judged by what they taught."""

    kind: str
    words: str
    language: Language
    writer: str


def sentences() -> list[Sentence]:
    """All of them, in the order of the files. Raises ValueError for a line that is no sentence."""
    return [each for language in LANGUAGES for each in _of(language)]


def _of(language: Language) -> Iterator[Sentence]:
    for file in sorted(UTTERANCES.glob(f"{language}.*.tsv")):
        yield from _written(file, language)
    yield from _tried(language)
    for file in sorted(UTTERANCES.glob(f"{language}.themes*.jsonl")):
        for line in file.read_text(encoding="utf-8").splitlines():
            yield Sentence(NONE, json.loads(line)["said"], language, "themes")
    for file in sorted(TRANSCRIPTS.glob(f"*.{language}.txt")):
        for line in file.read_text(encoding="utf-8").splitlines():
            if line.startswith('me   "'):
                words = line.removeprefix("me").strip().strip('"')
                yield Sentence(NONE, words, language, "transcripts")


def _written(file: Path, language: Language) -> Iterator[Sentence]:
    for number, line in enumerate(file.read_text(encoding="utf-8").splitlines(), start=1):
        kind, _, words = line.partition("\t")
        if kind not in (*KINDS, NONE) or not words.strip():
            raise ValueError(f"{file.name}:{number}: not a kind, a tab and a sentence")
        yield Sentence(kind, words, language, file.name.split(".")[1])


def _tried(language: Language) -> Iterator[Sentence]:
    """Those on which the patterns were tried, in the tests and in the file of the patterns itself."""
    for file in sorted(UTTERANCES.glob(f"{language}.safety*.yaml")):
        for group, several in YAML(typ="safe").load(file.read_text(encoding="utf-8")).items():
            kind = GROUPS.get(group)
            yield from (Sentence(kind, words, language, "patterns") for words in several if kind)
    safety = library.load().safety
    grammar = safety.nl if language == "nl" else safety.en
    for level, heard in grammar.hits.items():
        kind = HITS.get(level)
        yield from (Sentence(kind, words, language, "patterns") for words in heard if kind)
    yield from (Sentence(NONE, words, language, "patterns") for words in grammar.misses)
