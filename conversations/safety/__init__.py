"""Danger in somebody's words, and what answers it.

Runs first, on every free text of every surface. It misses things, as every list does; that is why
"Help now" stands under every question. Nothing about it is counted, logged or sent.
"""

from conversations.safety.cards import Care
from conversations.safety.helplines import Country
from conversations.safety.levels import About, Heard, Level
from conversations.safety.listening import Grammars, Safety

__all__ = ["About", "Care", "Country", "Grammars", "Heard", "Level", "Safety"]
