"""What in a text may tell who wrote it: told before it is sent, decided by the person.

Local rules and no dictionary of names, so they hear too little and now and then too much.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, get_args

from conversations.coachtexts import Hint

if TYPE_CHECKING:
    from collections.abc import Iterator

HINTS: tuple[Hint, ...] = get_args(Hint)

_ADDRESS = re.compile(r"\S+@\S+\.\w+|https?://|www\.|\b\w+\.(?:nl|com|org|be|eu)\b", re.IGNORECASE)
_NUMBER = re.compile(r"(?:\+|00)?\d[\d\s().-]{6,}\d")
_TEAM = re.compile(
    r"\b(?:team|afdeling|vestiging|locatie|filiaal|kantoor|project|department|branch|office|"
    r"division|site|unit)\s+(?P<which>[A-Z0-9][\w&-]*)"
)
_FUNCTION = (
    "die|dat|waar|waarin|waarop|en|of|is|was|heeft|had|kan|moet|wil|werkt|gaat|van|in|op|om|te|met|"
    "maar|wordt|zit|wel|niet|toch|ook"
)
_DEPARTMENT = (
    r"finance|financiën|sales|marketing|inkoop|verkoop|logistiek|legal|juridische zaken|"
    r"personeelszaken|klantenservice|administratie|receptie|productie|magazijn|operations|"
    r"communicatie|facilitair\w*|payroll|audit|compliance|engineering|purchasing|logistics|"
    r"customer service|procurement|accounting|research|communications"
)
_DEPARTMENTS = re.compile(
    rf"\bafdeling\s+(?!(?:{_FUNCTION})\b)\w{{3,}}"
    rf"|\b(?:bij|van|op|in|from|at|on)\s+(?:(?:de|het|onze|the|our)\s+)?(?:afdeling\s+|team\s+)?"
    rf"(?:{_DEPARTMENT})\b"
    rf"|\b(?:{_DEPARTMENT})[ -]?(?:team|afdeling|department)\b",
    re.IGNORECASE,
)
_SHORT = re.compile(r"\b(?:HR|P&O|ICT|IT|R&D)\b")
_MONTH = (
    r"jan(?:uari|uary)?|feb(?:ruari|ruary)?|maart|march|apr(?:il)?|mei|may|juni?|june?|july?|juli|"
    r"aug(?:ustus|ust)?|sep(?:t|tember)?|okt(?:ober)?|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?"
)
_DATE = re.compile(
    rf"\b\d{{1,2}}(?:st|nd|rd|th|e)?\s+(?:of\s+)?(?:{_MONTH})\b|\b(?:{_MONTH})\s+\d{{1,2}}\b|"
    r"\b\d{1,2}[-/]\d{1,2}(?:[-/]\d{2,4})?\b|\b(?:19|20)\d\d\b",
    re.IGNORECASE,
)
_CALLED = re.compile(
    r"\b(?:(?:baas|manager|leidinggevende|teamleider|chef|collega|boss|supervisor|colleague|hij|zij|ze|"
    r"ik|he|she|i)\s+(?:heet|(?:is|am)\s+(?:called|named))|mevrouw|meneer|mw\.?|dhr\.?|mr\.?|mrs\.?|"
    r"ms\.?)\s+(?!(?:dat|het|een|de|niet|zo|die|that|the|a|not|so)\b)[a-zà-öø-ÿ]{2,}",
    re.IGNORECASE,
)
_ONLY = re.compile(
    r"\b(?:als enige|de enige|het enige lid|the only|only one (?:in|of|on|at)|als eerste vrouw|"
    r"first woman)\b",
    re.IGNORECASE,
)
_CAPITAL = re.compile(r"(?<=[a-z,;] )([A-Z][a-zà-öø-ÿ]+)(?:\s+(?:van|de|der|den|van de|van der))?")

KNOWN = frozenset({
    "Slack", "Teams", "Excel", "Outlook", "Word", "Google", "Microsoft", "Luwte", "Nederland",
    "Nederlands", "Engels", "Duits", "Frans", "België", "Vlaams", "Europa", "Dutch",
    "English", "German", "French", "Belgium", "Netherlands", "Europe", "Holland", "Corona",
    "Covid", "Kerst", "Pasen", "Christmas", "Easter", "God", "Monday", "Tuesday", "Wednesday",
    "Thursday", "Friday", "Saturday", "Sunday", "January", "February", "March", "April",
    "May", "June", "July", "August", "September", "October", "November", "December",
    "Netflix", "LinkedIn", "Internet",
})  # fmt: skip
"""Words with a capital that are nobody's name."""


def hints(text: str) -> tuple[Hint, ...]:
    """The kinds of words in it by which somebody may be known, in the order of `HINTS`."""
    found = set(_found(text))
    return tuple(each for each in HINTS if each in found)


def _found(text: str) -> Iterator[Hint]:
    if _ADDRESS.search(text):
        yield "address"
    if _NUMBER.search(text):
        yield "number"
    if any(each[1] not in KNOWN for each in _CAPITAL.finditer(text)) or _CALLED.search(text):
        yield "name"
    if _TEAM.search(text) or _DEPARTMENTS.search(text) or _SHORT.search(text):
        yield "team"
    if _DATE.search(text):
        yield "date"
    if _ONLY.search(text):
        yield "only"
