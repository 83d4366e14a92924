"""Each screen of a desk as a turn: authored words, buttons, and what people wrote on a sheet."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from conversations import paging
from conversations.calendar import FIRST_MONDAY, last_day, short, written
from conversations.desk.places import WAYS, Place
from conversations.handoff import card as cards
from conversations.passphrase import grouped
from conversations.turn import Button, Prompt, Sheet, SheetLine, Turn
from conversations.wording import filled

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import date

    from conversations.caseports import Desk, Door, Listed, Registered, Request
    from conversations.cases import Letter
    from conversations.desktexts import DeskTexts
    from conversations.script import Text
    from conversations.scripts import Scripts

OPEN = "dk_open:"
"""How the buttons that open a case begin; its handle follows."""

LEAF = "dk_letters:"
"""How the buttons that turn the page of a case begin; its number follows."""

LIST = "dk_list:"
"""How those that turn the page of the list begin."""

MOST_LISTED = 15
"""Cases on one page: each is a button of some half a kilobyte in Teams."""

NOTE = "dk_note:"
WAY = "dk_way:"
AWAY = "dk_away:"
TWIN = 4
"""Characters of a handle that tell two cases under one alias apart."""

RENEW = "dk_renew"
"""The button that asks for another passphrase."""

WEEKS_AWAY = (1, 2, 3, 4, 6)


def code(scripts: Scripts, place: Place, said: Sequence[Text] = ()) -> Turn:
    """The code of an invitation is asked."""
    texts, there = scripts.desk, replace(place, screen="code", case="")
    return _secret(scripts, there, texts.ask_code, (*said, texts.code_say))


def passphrase(scripts: Scripts, place: Place, said: Sequence[Text] = ()) -> Turn:
    """The passphrase of a desk is asked; where the coach was is kept in the token."""
    texts, there = scripts.desk, replace(place, screen="pass")
    return _secret(scripts, there, texts.ask_passphrase, (*said, texts.passphrase_say))


def registered(
    scripts: Scripts, place: Place, new: Registered, organisations: Sequence[str]
) -> Turn:
    """The passphrase, this once; then it is asked, so that nobody leaves without it."""
    texts, language = scripts.desk, place.language
    names = ", ".join(organisations)
    if not new.passphrase:
        turn = passphrase(scripts, place)
        return replace(turn, says=(filled(texts.added, language, organisations=names), *turn.says))
    turn = _secret(scripts, replace(place, screen="pass", case=""), texts.registered_ask, ())
    lines = (
        SheetLine(texts.passphrase_label.to(language), grouped(new.passphrase)),
        SheetLine(texts.fingerprint_label.to(language), new.coach.fingerprint),
    )
    told = tuple(filled(each, language, organisations=names) for each in texts.registered)
    return replace(turn, says=told, sheet=_sheet(scripts, place, texts.registered_title, lines))


def renewing(scripts: Scripts, place: Place, code: str, said: Sequence[Text] = ()) -> Turn:
    """Another passphrase, this once; it counts when it was entered, and until then the earlier one does."""
    texts, there = scripts.desk, replace(place, screen="renew", case="")
    turn = _secret(scripts, there, texts.renew_ask, (*said, *texts.renew_say))
    lines = (SheetLine(texts.passphrase_label.to(place.language), grouped(code)),)
    return replace(turn, sheet=_sheet(scripts, place, texts.registered_title, lines))


def protocol(scripts: Scripts, place: Place) -> Turn:
    """How a coach works here; agreed to before the first case."""
    texts, there = scripts.desk, replace(place, screen="protocol")
    says = [each.to(place.language) for each in texts.protocol]
    return _choice(scripts, there, texts.protocol_ask, [("dk_confirm", texts.labels.confirm)], says)


def listing(
    scripts: Scripts,
    place: Place,
    desk: Desk,
    door: Door,
    said: Sequence[str] = (),
    page: int | None = None,
) -> Turn:
    """What waits for the coach first, then the open cases, then what needs nothing; by the page."""
    texts, language = scripts.desk, place.language
    there = replace(place, screen="list", case="", way=None)
    every = sorted((*desk.mine, *desk.open), key=_pressing)
    count = max(1, -(-len(every) // MOST_LISTED))
    here = min(max((page or 1) - 1, 0), count - 1)
    told = [*said, filled(texts.list_say, language, open=len(desk.open), mine=len(desk.mine))]
    if desk.gone:
        told.append(filled(texts.gone, language, gone=desk.gone))
    if door.away_until is not None:
        told.append(texts.away.to(language))
    told.append((texts.legend if every else texts.list_empty).to(language))
    twice = _twice(every)
    options: list[tuple[str, Text | str]] = [
        (OPEN + each.id, _entry(texts, place, each, twin=each.alias in twice))
        for each in every[here * MOST_LISTED : (here + 1) * MOST_LISTED]
    ]
    options += _beside(LIST, here, count, texts.labels.earlier, texts.labels.later)
    back = door.away_until is not None
    options.append(
        ("dk_back", texts.labels.back_to_work) if back else ("dk_holiday", texts.labels.holiday)
    )
    options.append((RENEW, texts.labels.renew))
    return _choice(scripts, there, texts.list_ask, options, told)


def case(
    scripts: Scripts,
    place: Place,
    request: Request,
    said: Sequence[str] = (),
    page: int | None = None,
) -> Turn:
    """A case, opened: card and letters on the sheet, and what can be done with it.

    What does not fit on one page has buttons to turn it; the newest letters come first.
    """
    texts, language, listed = scripts.desk, place.language, request.listed
    there = replace(place, screen="case", case=listed.id, way=None)
    told = [
        *said,
        filled(
            texts.case_say,
            language,
            alias=listed.alias,
            spoken=scripts.coach.language_names[listed.language].to(language),
            organisation=listed.organisation,
            date=written(_monday(listed.week), language),
        ),
    ]
    if listed.ends_soon:
        told.append(texts.ends_soon.to(language))
    own = [SheetLine(texts.name_label.to(language), request.name)] if request.name else []
    leaves = paging.pages(
        [
            *own,
            *cards.shown(scripts, language, request.card),
            *(_letter(scripts, place, request, each) for each in request.letters),
        ]
    )
    here = paging.at(page, len(leaves))
    ways: list[tuple[str, Text | str]] = list(_ways(texts, listed))
    ways += _beside(
        LEAF, here, len(leaves), scripts.coach.labels.earlier, scripts.coach.labels.later
    )
    turn = _choice(scripts, there, texts.case_ask, ways, told)
    return replace(turn, sheet=_sheet(scripts, place, listed.alias, leaves[here]))


def answer(scripts: Scripts, place: Place, said: Sequence[str] = (), refused: str = "") -> Turn:
    """What could not be taken stands in the field once more."""
    texts, there = scripts.desk, replace(place, screen="answer")
    told = [*said, texts.answer_say.to(place.language)]
    turn = _choice(scripts, there, texts.answer_ask, [_to_case(texts, place)], told, typed=True)
    return _again(turn, refused)


def ways(scripts: Scripts, place: Place) -> Turn:
    texts, there = scripts.desk, replace(place, screen="ways")
    options = [(WAY + each, scripts.coach.ways[each]) for each in WAYS]
    return _choice(scripts, there, texts.ways_ask, [*options, _to_case(texts, place)])


def offer(scripts: Scripts, place: Place, said: Sequence[str] = (), refused: str = "") -> Turn:
    texts, there = scripts.desk, replace(place, screen="offer", way=place.way or "number")
    told = [*said, texts.offer_say[place.way or "number"].to(place.language)]
    turn = _choice(scripts, there, texts.offer_ask, [_to_case(texts, place)], told, typed=True)
    return _again(turn, refused)


def help_asked(scripts: Scripts, place: Place) -> Turn:
    """Once more, before the help card goes."""
    texts, there = scripts.desk, replace(place, screen="help")
    return _asked(scripts, there, texts.help_say, texts.help_ask)


def back_asked(scripts: Scripts, place: Place) -> Turn:
    """Once more, before a case is handed back."""
    texts, there = scripts.desk, replace(place, screen="back")
    return _asked(scripts, there, texts.hand_back_say, texts.hand_back_ask)


def closing(scripts: Scripts, place: Place) -> Turn:
    texts, there = scripts.desk, replace(place, screen="close")
    options = [(NOTE + name, label) for name, label in texts.note_labels.items()]
    return _choice(scripts, there, texts.close_ask, [*options, _to_case(texts, place)])


def holiday(scripts: Scripts, place: Place, week: int) -> Turn:
    """How long away, as the last day of it; `week` is the present one."""
    texts, language = scripts.desk, place.language
    there = replace(place, screen="away", case="")
    options: list[tuple[str, Text | str]] = []
    for weeks in WEEKS_AWAY:
        date = written(last_day(week + weeks), language)
        options.append((f"{AWAY}{weeks}", filled(texts.labels.until, language, date=date)))
    options.append(("dk_look", texts.labels.look))
    return _choice(scripts, there, texts.holiday_ask, options, [texts.holiday_say.to(language)])


def _asked(scripts: Scripts, place: Place, say: Text, ask: Text) -> Turn:
    labels = scripts.desk.labels
    options = [("dk_yes", labels.yes), (OPEN + place.case, labels.no)]
    return _choice(scripts, place, ask, options, [say.to(place.language)])


def _ways(texts: DeskTexts, listed: Listed) -> Iterator[tuple[str, Text]]:
    labels = texts.labels
    if not listed.mine:
        yield "dk_claim", labels.claim
    elif listed.state != "closed":
        yield "dk_answer", labels.answer
        yield "dk_offer", labels.offer
        yield "dk_help", labels.help_card
        yield "dk_hand_back", labels.hand_back
        yield "dk_close", labels.close
    yield "dk_look", labels.look


def _twice(every: Sequence[Listed]) -> set[str]:
    """Aliases that two people drew by chance: nobody can know what others are called."""
    counted = Counter(each.alias for each in every)
    return {alias for alias, count in counted.items() if count > 1}


def _entry(texts: DeskTexts, place: Place, listed: Listed, *, twin: bool) -> str:
    """As it stands on a button: alias, where it stands, since which week, language, organisation.

    Behind one of two that are alike stands the beginning of its handle, which is chance and stays.
    """
    language = place.language
    alias = f"{listed.alias} {listed.id[:TWIN]}" if twin else listed.alias
    state = texts.states[listed.state].to(language)
    since = short(_monday(listed.week), language)
    return f"{alias} · {state} · {since} · {listed.language} · {listed.organisation}"


def _pressing(listed: Listed) -> int:
    """How soon a coach should look: something unread of their own first, what is closed last."""
    if not listed.mine:
        return 1
    return {"received": 0, "opened": 0, "answered": 2, "closed": 3}[listed.state]


def _monday(week: int) -> date:
    return FIRST_MONDAY + timedelta(days=7 * week)


def _letter(scripts: Scripts, place: Place, request: Request, letter: Letter) -> SheetLine:
    texts, language = scripts.desk, place.language
    whose = texts.you.to(language)
    if letter.by == "person":
        whose = request.listed.alias
    return SheetLine(whose, _words(scripts, place, request, letter))


def _words(scripts: Scripts, place: Place, request: Request, letter: Letter) -> str:
    coach, language = scripts.coach, place.language
    if letter.kind == "times" and letter.times is not None:
        way = coach.ways[letter.times.way].to(language)
        return "\n".join((*letter.times.times, f"{way}: {letter.times.where}"))
    if letter.kind == "choice" and letter.chosen is not None:
        before = request.letters[: request.letters.index(letter)]
        offers = [each.times for each in before if each.times is not None]
        times = offers[-1].times if offers else ()
        chosen = times[letter.chosen] if letter.chosen < len(times) else str(letter.chosen + 1)
        return filled(coach.chosen_label, language, time=chosen)
    if letter.kind == "closing":
        note = next((text for name, text in coach.notes.items() if name == letter.words), None)
        return note.to(language) if note is not None else ""
    if letter.kind == "name":
        return f"{coach.name_label.to(language)}: {letter.words}"
    return letter.words


def _beside(
    name: str, here: int, count: int, earlier: Text, later: Text
) -> list[tuple[str, Text | str]]:
    """The pages before and after this one, which is counted from 0."""
    before = [(f"{name}{here}", earlier)] if here > 0 else []
    return [*before, *([(f"{name}{here + 2}", later)] if here < count - 1 else [])]


def _again(turn: Turn, words: str) -> Turn:
    return turn if turn.prompt is None else replace(turn, prompt=replace(turn.prompt, words=words))


def _to_case(texts: DeskTexts, place: Place) -> tuple[str, Text | str]:
    return OPEN + place.case, texts.labels.to_case


def _secret(scripts: Scripts, place: Place, ask: Text, says: Sequence[Text]) -> Turn:
    language = place.language
    asked = Prompt(
        token=place.token,
        kind="secret",
        ask=ask.to(language),
        options=(Button("desk", scripts.phrases.surfaces.open.to(language)),),
    )
    return Turn(None, "leave", language, tuple(each.to(language) for each in says), prompt=asked)


def _choice(
    scripts: Scripts,
    place: Place,
    ask: Text,
    options: Sequence[tuple[str, Text | str]],
    says: Sequence[str] = (),
    *,
    typed: bool = False,
) -> Turn:
    language = place.language
    buttons = tuple(
        Button(name, label if isinstance(label, str) else label.to(language))
        for name, label in options
    )
    asked = Prompt(
        token=place.token,
        kind="open" if typed else "choice",
        ask=ask.to(language),
        options=buttons,
        typed=typed,
        controls=(Button("dk_language", scripts.phrases.labels.language.to(language)),),
    )
    return Turn(None, "leave", language, tuple(says), prompt=asked)


def _sheet(scripts: Scripts, place: Place, title: Text | str, lines: Sequence[SheetLine]) -> Sheet:
    language = place.language
    return Sheet(
        title=title if isinstance(title, str) else title.to(language),
        lines=tuple(lines),
        open_label=scripts.phrases.surfaces.open.to(language),
        in_chat=scripts.desk.in_window.to(language),
        opens="desk",
    )
