"""What the bot says about itself when somebody asks is true: no language model, no chance, no money."""

from __future__ import annotations

import ast
import re
import tomllib
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from conversations import faq, library
from conversations.rehearsal import walk
from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from conversations.script import Step
    from conversations.scripts import Scripts


@cache
def packaged() -> Scripts:
    return library.load()


ROOT = Path(__file__).parents[2]

WITHOUT_A_MODEL = {
    "aiohttp", "aiosmtplib", "alembic", "argon2-cffi", "botbuilder-core", "botframework-connector",
    "cryptography", "psycopg", "pydantic", "pyjwt", "ruamel.yaml", "ruamel.yaml.clib",
    "slack-bolt", "slack-sdk", "sqlalchemy", "prometheus-client", "tzdata",
}  # fmt: skip
"""Databases, platforms, ciphers and files. A library that computes language does not belong here."""

EARLIER_WORDS = {
    "nl": (
        "wie leest dit", "wie leest mee", "wie leest er mee", "leest er iemand mee",
        "leest iemand mee", "ziet mijn baas dit", "kan mijn baas dit zien", "leest mijn baas mee",
        "ziet mijn leidinggevende dit", "kan mijn leidinggevende dit zien",
        "ziet mijn werkgever dit", "kan mijn werkgever dit zien", "ziet hr dit", "kan hr dit zien",
        "ziet mijn manager dit", "waar blijft dit", "wie ben je", "wie ben jij", "wat ben je",
        "ben je een mens", "ben je een robot", "ben je een bot", "ben je een ai",
        "ben je een computer", "wat kost dit", "kun je mijn naam zien", "hoe lang bewaar je dit",
    ),
    "en": (
        "who reads this", "who can read this", "is anyone reading this", "is anybody reading this",
        "is someone reading this", "does my boss see this", "can my boss see this",
        "will my boss see this", "does my manager see this", "can my manager see this",
        "can my employer see this", "does my employer see this", "can hr see this",
        "does hr see this", "where does this go", "who are you", "what are you", "are you human",
        "are you a human", "are you a person", "are you a bot", "are you a robot", "are you an ai",
        "are you ai", "does my boss see this?", "what does this cost", "can you see my name",
    ),
}  # fmt: skip


def test_no_language_model_is_part_of_it() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    named = {re.split(r"[\[=<>~! ]", each, maxsplit=1)[0] for each in project["dependencies"]}

    assert named <= WITHOUT_A_MODEL


def test_the_conversation_follows_from_what_was_written_and_answered() -> None:
    """The same answers get the same words, every time; and the core reaches nothing outside itself."""
    scripts = packaged()
    first, second = (walk(scripts, "t1", "0000abcd", "nl") for _ in range(2))
    assert [turn.says for turn in first.turns] == [turn.says for turn in second.turns]

    imported = set()
    for path in (ROOT / "conversations").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                imported |= {alias.name.split(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                imported.add(node.module.split(".")[0])
    outside = {"asyncio", "http", "random", "requests", "secrets", "socket", "subprocess", "urllib"}
    assert not imported & outside


def _steps(scripts: Scripts) -> list[Step]:
    return [step for track in scripts.tracks.values() for step in track.steps.values()]


@pytest.mark.parametrize("language", LANGUAGES)
def test_nothing_asks_for_money(language: str) -> None:
    scripts = packaged()
    asked = [
        question.to(language)
        for step in (*scripts.frame.steps.values(), *_steps(scripts))
        if (question := getattr(step, "ask", None)) is not None
    ]

    paying = re.compile(r"\b(betaal|betalen|creditcard|iban|pay me|card number)", re.IGNORECASE)
    assert [words for words in asked if paying.search(words)] == []


@pytest.mark.parametrize(
    ("language", "words"),
    [(language, words) for language, each in EARLIER_WORDS.items() for words in each],
)
def test_what_people_ask_first_is_answered(language: str, words: str) -> None:
    scripts = packaged()

    assert faq.find(scripts.faq, words, "nl" if language == "nl" else "en") is not None
