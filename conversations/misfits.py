"""What pydantic says about a value, said again for somebody who writes conversations.

The trail to the value is cleaned of pydantic's own words (union members, tags, `[key]`), so that it
leads to a line of the file.
"""

from __future__ import annotations

from dataclasses import dataclass
from difflib import get_close_matches
from types import MappingProxyType, UnionType
from typing import TYPE_CHECKING, Any, Final, Union, get_args, get_origin

from pydantic import BaseModel

from conversations.script import LANGUAGES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from pydantic import ValidationError
    from pydantic_core import ErrorDetails

    from conversations.page import Page, Trail
    from conversations.problem import Problem

KEY: Final = "[key]"
MEMBERS: Final = ("ByTheme", "constrained-str")
"""What pydantic calls the two forms of a `go`, a mapping and a word."""

_INDENT = "Indent what belongs to it below it, as `name: value` lines."
_DAY = "Write the day as 2025-01-31."
_DIGITS = "Write digits, without quotes."
_SORTS: Final = MappingProxyType(
    {
        "string_type": ("must be words", 'Put the words in "quotes".'),
        "dict_type": ("must hold `name: value` lines", _INDENT),
        "model_type": ("must hold `name: value` lines", _INDENT),
        "model_attributes_type": ("must hold `name: value` lines", _INDENT),
        "tuple_type": ("must be a list", "Begin every item with a - on a line of its own."),
        "int_type": ("must be a whole number", _DIGITS),
        "int_parsing": ("must be a whole number", _DIGITS),
        "int_from_float": ("must be a whole number", _DIGITS),
        "greater_than_equal": ("is too small a number", "Begin counting at 1."),
        "bool_type": ("must be true or false", "Write true, or leave the line out."),
        "bool_parsing": ("must be true or false", "Write true, or leave the line out."),
        "date_type": ("must be a day", _DAY),
        "date_parsing": ("must be a day", _DAY),
        "date_from_datetime_parsing": ("must be a day", _DAY),
        "date_from_datetime_inexact": ("must be a day", _DAY),
        "string_too_long": ("is too long a name", "Use at most 40 characters."),
    }
)
_FORMS: Final = MappingProxyType(
    {
        "^[0-9]{2,4}$": "Write the two to four digits of the number, in quotes.",
        "^[A-Z]{2}$": "Use the two capital letters of the country: NL, BE, GB.",
        "[^\\W_]": "Write words; a * by itself stands for any one word beside them.",
        "^([0-9]{4}-[0-9]{2}-[0-9]{2})?$": _DAY,
    }
)
_NAME_FORM = "Use small letters, digits and _ only, and begin with a letter."


def problems_of(page: Page, error: ValidationError, sort: object, at: Trail) -> tuple[Problem, ...]:
    """Every misfit of the value at `at` on this page, which should have been of this sort."""
    found = []
    for each in error.errors(include_url=False, include_context=True, include_input=False):
        trail, value = _cleaned(page, at, each)
        if trail is not None:
            found.append(_Misfit(page, sort, at, trail, value, each))
    misspelt = {each.meant_name for each in found}
    told = (each.problem() for each in found if each.missing_name not in misspelt)
    return tuple(each for each in told if each is not None)


def meant(word: str, among: Iterable[str]) -> str | None:
    """The word that was probably meant, if one of these is near enough."""
    by_small = {each.lower(): each for each in among}
    return next((by_small[each] for each in get_close_matches(word.lower(), by_small, 1)), None)


def named(trail: Trail) -> str:
    """The trail as a writer reads it: `steps.energy.bands.2`, where 2 is the second one."""
    parts = (str(part + 1) if isinstance(part, int) else part for part in trail)
    return ".".join(parts) or "the file"


def _cleaned(page: Page, at: Trail, error: ErrorDetails) -> tuple[Trail | None, object]:
    """The trail to the value and the value; no trail for a complaint of a union's other member."""
    value: object = page.top
    for part in at:
        value = _inner(value, part)
    loc = [part for part in error["loc"] if part != KEY]
    tagged = isinstance(value, dict) and loc and loc[0] == value.get("kind")
    trail: list[str | int] = list(at)
    for part in loc[1:] if tagged else loc:
        if isinstance(part, int) and not isinstance(value, list):
            continue  # a single text, which stands for a list of one
        inner = _inner(value, part)
        if inner is None and part in MEMBERS:
            if (part == "ByTheme") != isinstance(value, dict):
                return None, None
        else:
            trail.append(part)
            value = inner
    return tuple(trail), value


def _inner(value: object, part: str | int) -> object:
    if isinstance(value, dict):
        return value.get(part)
    if isinstance(value, list) and isinstance(part, int) and part < len(value):
        return value[part]
    return None


@dataclass(frozen=True, slots=True)
class _Misfit:
    """One complaint of pydantic, at its place on the page."""

    page: Page
    sort: object
    at: Trail
    trail: Trail
    value: object
    error: ErrorDetails

    @property
    def missing_name(self) -> Trail | None:
        """The name that is missing, as a trail."""
        return self.trail if self.error["type"] == "missing" else None

    @property
    def meant_name(self) -> Trail:
        """The name that was probably meant by one that is not known; empty for anything else."""
        if self.error["type"] != "extra_forbidden":
            return ()
        guess = meant(str(self.trail[-1]), self._names_here())
        return (*self.trail[:-1], guess) if guess else ()

    def problem(self) -> Problem | None:
        """The complaint in words; None when another problem has told it already."""
        kind, of_a_name = self.error["type"], self.error["loc"][-1:] == (KEY,)
        if kind in ("missing", "union_tag_not_found"):
            return self._missing()
        if kind == "extra_forbidden":
            return self._unknown(self._names_here())
        if kind == "literal_error" and of_a_name:
            return self._unknown(self._expected())
        if kind == "union_tag_invalid":
            return self._kind()
        if kind in ("too_long", "too_short"):
            return self._count()
        return self._value()

    def _missing(self) -> Problem:
        trail, kind = self.trail, self.error["type"]
        if kind == "union_tag_not_found":
            trail = (*trail, "kind")
        name, around = trail[-1], trail[:-1]
        if isinstance(name, int):
            remedy = "Write two texts: one for the lowest number, one for the highest."
            return self.page.problem(around, "L115", f"{named(around)} needs one more", remedy)
        remedy = f"Add a line `{name}:` with the indent of what stands beside it."
        return self.page.problem(around, "L110", f"{named(around)} has no `{name}`", remedy)

    def _unknown(self, names: Iterable[str]) -> Problem | None:
        name, around = self.trail[-1], self.trail[:-1]
        bare = any((*around, each) in self.page.bare for each in LANGUAGES)
        if self.value is None and bare:
            return None
        known = sorted(names)
        remedy = _guess(str(name), known) or f"Known here: {', '.join(known) or 'nothing'}."
        return self.page.problem(self.trail, "L111", f"{named(around)} knows no `{name}`", remedy)

    def _kind(self) -> Problem:
        tag, kinds = str(self._context("tag")), self._expected("expected_tags")
        remedy = _guess(tag, kinds) or f"Use one of {', '.join(kinds)}."
        what = f"{named(self.trail)}: there is no kind `{tag}` here"
        return self.page.problem((*self.trail, "kind"), "L112", what, remedy)

    def _count(self) -> Problem | None:
        few = self.error["type"] == "too_short"
        if few and self.value:
            return None  # pydantic leaves out what it refused, and then misses it
        what = f"{named(self.trail)} has too {'few' if few else 'many'}"
        remedy = "Add one." if few else f"Keep at most {self._context('max_length')}."
        return self.page.problem(self.trail, "L115", what, remedy)

    def _value(self) -> Problem:
        kind, place = self.error["type"], named(self.trail)
        if kind == "string_too_short" or (kind == "string_type" and self.value is None):
            return self.page.problem(self.trail, "L116", f"{place} is empty", "Write the text.")
        if kind == "string_pattern_mismatch":
            remedy = _FORMS.get(str(self._context("pattern")), _NAME_FORM)
            what = f"{place} is not written as it must be"
            return self.page.problem(self.trail, "L114", what, remedy)
        if kind == "literal_error":
            expected = " or ".join(self._expected())
            what = f"{place} must be {expected}"
            return self.page.problem(self.trail, "L113", what, f"Write {expected}.")
        what, remedy = _SORTS.get(kind, ("is not what it must be", f"{self.error['msg']}."))
        return self.page.problem(self.trail, "L113", f"{place} {what}", remedy)

    def _names_here(self) -> set[str]:
        return _fields(self.sort, self.trail[len(self.at) : -1])

    def _context(self, name: str) -> object:
        return self.error.get("ctx", {}).get(name, "")

    def _expected(self, name: str = "expected") -> list[str]:
        return str(self._context(name)).replace("'", "").replace(" or ", ", ").split(", ")


def _guess(word: str, among: Iterable[str]) -> str | None:
    guess = meant(word, among)
    return f"Did you mean `{guess}`?" if guess else None


def _fields(sort: object, trail: Trail) -> set[str]:
    """The names that may stand where this trail leads to from the sort."""
    reached: list[Any] = [sort]
    for part in trail:
        reached = [inner for each in reached for inner in _inside(each, part)]
    return {name for each in reached for kind in _models(each) for name in kind.model_fields}


def _inside(annotation: Any, part: str | int) -> Iterator[Any]:
    origin, inner = get_origin(annotation), get_args(annotation)
    if origin is dict:
        yield inner[1]
    elif origin is tuple:
        yield from (each for each in inner if each is not Ellipsis)
    else:
        for kind in _models(annotation):
            if part in kind.model_fields:
                yield kind.model_fields[str(part)].annotation


def _models(annotation: Any) -> Iterator[type[BaseModel]]:
    origin = get_origin(annotation)
    if origin in (Union, UnionType):
        for each in get_args(annotation):
            yield from _models(each)
    elif isinstance(annotation, type) and issubclass(annotation, BaseModel):
        yield annotation
