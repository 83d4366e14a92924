"""The labelled utterances: enough of them, and the half that tuned nothing is heard well enough."""

from __future__ import annotations

import pytest

from conversations import library
from conversations.script import LANGUAGES, Language
from tests.report.understanding import labelled, macro, measure


@pytest.mark.parametrize("language", LANGUAGES)
def test_there_are_enough_utterances_and_none_twice(language: Language) -> None:
    said = [each.said for name in ("themes", "themes.more") for each in labelled(language, name)]

    assert len(said) >= 500
    assert len(set(said)) == len(said)


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_half_that_tuned_nothing_is_heard_well_enough(language: Language) -> None:
    lexicon = library.load().lexicon
    report = measure(lexicon, language, odd=True)
    named = [name for name, theme in lexicon.themes.items() if not theme.quiet]
    precision, recall, _ = macro(report.themes, named)

    assert precision >= 0.85
    assert recall >= 0.60
    assert report.abstained >= 0.9 * report.neutral
