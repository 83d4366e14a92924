"""Words that no text of this bot has, each with what to do instead.

They are written as in `lexicon.yaml`: whole words, `*` for the rest of one. The first list is
about tone: jargon, praise, diagnosis, feigned feeling. The second is about truth: promises that no
system of this kind can keep.
"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Mapping

    from conversations.script import Language

_PRAISE = "Leave the praise out; nobody asked to be judged."
_FEELING = "A program does not feel or understand; say what happens next."
_JARGON = "Use an everyday word."
_DIAGNOSIS = "Use the person's own word, or “hard to say out loud”."
_SMALL = "Use the plain word; a diminutive belittles."
_FORMAL = "Write je, jij and jouw."
_HR = "Keep this word for reports; say what it means."

TONE: Final[Mapping[Language, Mapping[str, str]]] = MappingProxyType(
    {
        "nl": {
            "u": _FORMAL,
            "uw": _FORMAL,
            "geweldig": _PRAISE,
            "wat goed van je": _PRAISE,
            "goed bezig": _PRAISE,
            "dank je voor het delen": _PRAISE,
            "bedankt voor het delen": _PRAISE,
            "ik voel met je mee": _FEELING,
            "ik begrijp je": _FEELING,
            "ik begrijp hoe": _FEELING,
            "ik snap hoe je je voelt": _FEELING,
            "je schaamt je": _DIAGNOSIS,
            "impostor*": _DIAGNOSIS,
            "imposter*": _DIAGNOSIS,
            "in je kracht": _JARGON,
            "stip op de horizon": _JARGON,
            "drijfveer": _JARGON,
            "drijfveren": _JARGON,
            "competentie*": _JARGON,
            "mindset": _JARGON,
            "regie pakken": _JARGON,
            "pak de regie": _JARGON,
            "loslaten": _JARGON,
            "purpose": _JARGON,
            "journey": _JARGON,
            "duurzame inzetbaarheid": _HR,
            "loopbaanscan": _HR,
            "gesprekje*": _SMALL,
            "dingetje*": _SMALL,
            "stapje*": _SMALL,
            "vraagje*": _SMALL,
        },
        "en": {
            "awesome": _PRAISE,
            "well done": _PRAISE,
            "great job": _PRAISE,
            "good for you": _PRAISE,
            "proud of you": _PRAISE,
            "thanks for sharing": _PRAISE,
            "thank you for sharing": _PRAISE,
            "i hear you": _FEELING,
            "i understand you": _FEELING,
            "i understand how": _FEELING,
            "i feel for you": _FEELING,
            "valid": _FEELING,
            "you are ashamed": _DIAGNOSIS,
            "you're ashamed": _DIAGNOSIS,
            "impostor*": _DIAGNOSIS,
            "imposter*": _DIAGNOSIS,
            "mindset": _JARGON,
            "purpose": _JARGON,
            "journey": _JARGON,
            "unlock*": _JARGON,
            "resilien*": _JARGON,
            "empower*": _JARGON,
            "sustainable employability": _HR,
        },
    }
)

PROMISES: Final[Mapping[Language, tuple[str, ...]]] = MappingProxyType(
    {
        "nl": (
            "100% anoniem",
            "100 procent anoniem",
            "volledig anoniem",
            "helemaal anoniem",
            "volkomen anoniem",
            "niemand kan ooit weten",
            "niemand kan het ooit weten",
            "niemand kan dit ooit weten",
            "niemand komt het ooit te weten",
            "je werkgever ziet niets",
            "je werkgever ziet niks",
            "je baas ziet niets",
            "je baas ziet niks",
            "end-to-end *versleuteld",
            "end-to-end-*versleuteld",
            "eind-tot-eind *versleuteld",
            "avg geldt niet",
            "avg geldt hier niet",
            "avg is niet van toepassing",
        ),
        "en": (
            "100% anonymous",
            "completely anonymous",
            "fully anonymous",
            "totally anonymous",
            "nobody can ever know",
            "no one can ever know",
            "nobody will ever know",
            "no one will ever know",
            "your employer sees nothing",
            "your boss sees nothing",
            "end-to-end encrypt*",
            "gdpr does not apply",
            "gdpr doesn't apply",
        ),
    }
)
