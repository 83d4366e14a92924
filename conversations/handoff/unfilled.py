"""What never stands on a card before the person wrote it there: names, departments, health, feelings, danger.

An answer of theirs that holds one of these is asked anew, with an empty field. The lists are short and
hear too much rather than too little: nothing is lost but a line that would have been filled in.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from conversations.handoff.identifying import hints

if TYPE_CHECKING:
    from conversations.script import Language
    from conversations.scripts import Scripts

_HEALTH = re.compile(
    r"\b(?:ziek\w*|beter gemeld|burn-?\s?out|overspannen|depressie\w*|depressief|angst\w*|paniek\w*|"
    r"trauma\w*|ptss|adhd|autis\w*|migraine\w*|reuma\w*|kanker|chemo\w*|diabetes|hartklachten|"
    r"rugklachten|zwanger\w*|miskraam|menopauze|medicijn\w*|medicatie|pillen|"
    r"therap\w*|psycholo\w*|psychiat\w*|huisarts|bedrijfsarts|diagnose|operatie|revalidatie|"
    r"beperking|handicap|verslav\w*|"
    r"ill|illness\w*|sick\w*|disease|depress\w*|anxi\w*|panic\w*|ptsd|autism|cancer|pregnan\w*|"
    r"miscarriage|menopause|medication|pills|doctor|diagnos\w*|surgery|disab\w*|addict\w*|symptoms?)\b",
    re.IGNORECASE,
)
_FEELING = re.compile(
    r"\b(?:bang|boos\w*|woe?dend\w*|verdriet\w*|schaam\w*|schaamte|schuldig\w*|eenzaam|wanhop\w*|"
    r"hopeloos|verdrietig|somber\w*|moe|uitgeput|opgelucht|gespannen|onzeker\w*|ongelukkig|"
    r"afraid|scared|angry|furious|sad|asham\w*|guilt\w*|lonely|hopeless|desperate|tired|exhausted|"
    r"relieved|tense|insecure|unhappy)\b",
    re.IGNORECASE,
)


def may_stand(scripts: Scripts, language: Language, words: str) -> bool:
    """Whether these words of theirs may be filled in for them."""
    if hints(words) or _HEALTH.search(words) or _FEELING.search(words):
        return False
    if scripts.safety.level(words) != "none":
        return False
    return not scripts.lexicon.understand(words, language).feelings
