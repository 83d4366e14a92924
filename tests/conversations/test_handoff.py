"""From a person to a coach: the way to a request, and what comes back, in the window only."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest

from conversations import library
from conversations.calendar import last_day, written
from conversations.carrying import carried
from conversations.cases import (
    Card,
    CardLine,
    Case,
    Coach,
    Coaching,
    LetGo,
    Letter,
    News,
    Send,
    Times,
    Withdraw,
    Write,
)
from conversations.organisation import Organisation
from conversations.session import decode, encode
from tests.support.talker import Talker

if TYPE_CHECKING:
    from conversations.scripts import Scripts
    from conversations.turn import Reply, Turn

ANNE = Coach("a" * 32, "Anne", ("nl", "en"), "keuzes", True, 2, "slack", "AAAA BBBB")
BRAM = Coach("b" * 32, "Bram", ("nl",), "grenzen", False, 3, "teams", "CCCC DDDD")
COACHING = Coaching((ANNE, BRAM), date(2026, 12, 1), date(2026, 11, 26))
QUESTION = "hoe zeg ik dat ik iets anders wil"


class Asker(Talker):
    """Somebody in the private window of an organisation with coaches; acts are carried out as a store would."""

    def __init__(self, scripts: Scripts) -> None:
        super().__init__(scripts)
        self.surface = "private"
        self.coaching: Coaching | None = COACHING
        self.acts: list[object] = []
        self.found: News | None = None

    def take(self, reply: Reply) -> Turn:
        if self.session is not None and self.session.case is not None:
            found = replace(self.session.case, news=self.found)
            self.session = replace(self.session, case=found)
        turn = super().take(replace(reply, coaching=self.coaching))
        if turn.act is not None:
            assert self.session is not None
            assert turn.fate == "write"
            self.acts.append(turn.act)
            self.session = replace(
                self.session, case=carried(self.session.case, turn.act, self.week)
            )
        return turn

    def news(self, news: News) -> None:
        """What the store finds about the case at every visit from now on."""
        self.found = news

    @property
    def names(self) -> tuple[str, ...]:
        assert self.turn.prompt is not None
        return tuple(button.name for button in self.turn.prompt.options)


@pytest.fixture(scope="module")
def scripts() -> Scripts:
    return library.load().of(Organisation("mill", "bureau", country="NL"))


@pytest.fixture
def me(scripts: Scripts) -> Asker:
    asker = Asker(scripts)
    asker.press("lobby")
    asker.press("private")
    asker.press("4")
    return asker


def sheet(turn: Turn) -> dict[str, str]:
    assert turn.sheet is not None
    return {line.label: line.words for line in turn.sheet.lines}


def to_the_card(me: Asker) -> Turn:
    me.press("coach")
    me.press("go")
    me.press(f"coach_{ANNE.id}")
    me.say(QUESTION)
    me.press("leave_out")
    me.say("gesproken met een vriend")
    return me.press("leave_out")


def to_the_preview(me: Asker) -> Turn:
    to_the_card(me)
    me.press("ready")
    me.press("under_alias")
    return me.press("pull")


def sent(me: Asker) -> Turn:
    to_the_preview(me)
    return me.press("send")


def test_the_home_offers_a_coach_only_where_one_can_be_asked(scripts: Scripts) -> None:
    me = Asker(scripts)
    me.press("lobby")
    assert "coach" in me.names
    me.coaching = None
    me.press("lobby")
    assert "coach" not in me.names


def test_without_a_coach_that_is_said_and_the_question_stays(me: Asker, scripts: Scripts) -> None:
    asked = me.turn.prompt
    me.coaching = None
    turn = me.press("coach")
    assert scripts.coach.none_here.nl in turn.says
    assert turn.prompt is not None
    assert asked is not None
    assert turn.prompt.ask == asked.ask
    me.coaching = replace(COACHING, coaches=(replace(ANNE, available=False),))
    assert scripts.coach.none_now.nl in me.press("coach").says


def test_first_of_all_it_says_what_a_coach_is_and_where_to_go_first(me: Asker) -> None:
    turn = me.press("coach")
    assert any("schuilnaam" in said for said in turn.says)
    assert any("huisarts" in said for said in turn.says)
    assert me.names == ("go", "coach_leave")


def test_asking_for_a_coach_in_words_leads_there_too(me: Asker) -> None:
    me.say("kan ik een coach spreken?")
    assert me.names == ("go", "coach_leave")


def test_each_coach_is_shown_with_what_somebody_needs_to_choose(me: Asker) -> None:
    me.press("coach")
    turn = me.press("go")
    told = " ".join(turn.says)
    for part in (
        "Anne",
        "keuzes",
        "Nederlands, Engels",
        "2 werkdagen",
        "AAAA BBBB",
        "Bram",
        "Teams",
    ):
        assert part in told
    assert me.names == (f"coach_{ANNE.id}", f"coach_{BRAM.id}", "anyone", "coach_leave")


def test_only_the_lines_that_were_given_are_on_the_card(me: Asker) -> None:
    assert sheet(to_the_card(me)) == {
        "Mijn vraag": QUESTION,
        "Wat ik al probeerde": "gesproken met een vriend",
        "Over mijn werkgever": "Dit wil ik niet delen met mijn werkgever.",
    }


def test_a_question_written_in_a_conversation_stands_there_and_can_be_changed(
    me: Asker, scripts: Scripts
) -> None:
    me.press("t12")
    assert me.session is not None
    slots = {
        **me.session.slots,
        "t12.question": replace(
            next(iter(me.session.slots.values())), words="blijf ik", number=None
        ),
    }
    me.session = replace(me.session, slots=slots)
    me.press("coach")
    me.press("go")
    turn = me.press("anyone")
    assert turn.prompt is not None
    assert turn.prompt.words == "blijf ik"
    assert scripts.coach.line_filled.nl in turn.says
    me.press("leave_so")
    me.press("leave_out")
    me.press("leave_out")
    assert sheet(me.press("leave_out"))["Mijn vraag"] == "blijf ik"


def test_a_line_can_be_changed_added_and_taken_out(me: Asker) -> None:
    to_the_card(me)
    me.press("change")
    me.press("part_energy")
    turn = me.say("van mensen helpen")
    assert sheet(turn)["Wat energie geeft of kost"] == "van mensen helpen"
    me.press("change")
    me.press("part_not_for_employer")
    assert "Over mijn werkgever" not in sheet(me.press("leave_out"))


def test_an_empty_card_does_not_go_on(me: Asker, scripts: Scripts) -> None:
    me.press("coach")
    me.press("go")
    me.press("anyone")
    for _ in range(4):
        turn = me.press("leave_out")
    assert scripts.coach.card_empty.nl in turn.says
    assert "ready" not in me.names


def test_what_may_tell_who_it_is_is_said_and_left_to_the_person(me: Asker) -> None:
    me.press("coach")
    me.press("go")
    me.press("anyone")
    me.say("mijn baas Willem van team Noord belt 0612345678 of mailt a@b.nl")
    for _ in range(3):
        turn = me.press("leave_out")
    told = " ".join(turn.says)
    for kind in ("een naam", "een nummer", "een adres", "een team"):
        assert kind in told
    assert "ready" in me.names


def test_a_conflict_on_the_card_gets_its_own_way_first_and_the_person_decides(
    me: Asker, scripts: Scripts
) -> None:
    me.press("coach")
    me.press("go")
    me.press("anyone")
    me.say("hoe kom ik uit een conflict met mijn baas")
    for _ in range(3):
        turn = me.press("leave_out")
    assert scripts.coach.conflict.nl in turn.says
    assert "ready" in me.names


@pytest.mark.parametrize("words", ["moet ik Willem iets zeggen", "kan ik nog werken met reuma"])
def test_what_may_not_be_filled_in_is_asked_with_an_empty_field(me: Asker, words: str) -> None:
    me.press("t12")
    assert me.session is not None
    answer = replace(next(iter(me.session.slots.values())), words=words, number=None)
    me.session = replace(me.session, slots={**me.session.slots, "t12.question": answer})
    me.press("coach")
    me.press("go")
    turn = me.press("anyone")
    assert turn.prompt is not None
    assert turn.prompt.words == ""
    assert words not in "".join(turn.says)


def test_the_preview_is_exactly_what_is_sent(me: Asker) -> None:
    shown = sheet(to_the_preview(me))
    me.press("send")
    (act,) = me.acts
    assert isinstance(act, Send)
    assert shown == {
        "Schuilnaam": act.alias,
        "Organisatie": "mill",
        "Taal": "Nederlands",
        "Mijn vraag": QUESTION,
        "Wat ik al probeerde": "gesproken met een vriend",
        "Over mijn werkgever": "Dit wil ik niet delen met mijn werkgever.",
    }
    assert act.card == Card(
        (
            CardLine("question", QUESTION),
            CardLine("tried", "gesproken met een vriend"),
            CardLine("not_for_employer", "Dit wil ik niet delen met mijn werkgever."),
        )
    )
    assert (act.coaches, act.name, act.notify) == ((ANNE.id,), None, False)


def test_nothing_is_sent_before_the_button(me: Asker) -> None:
    to_the_preview(me)
    assert me.acts == []
    me.press("coach_leave")
    assert me.acts == []
    assert me.session is not None
    assert me.session.case is None


def test_the_day_on_which_it_leaves_at_the_latest_is_said(me: Asker) -> None:
    assert "1 december 2026" in " ".join(sent(me).says)


def test_a_name_stands_in_the_preview_and_in_what_is_sent(me: Asker) -> None:
    to_the_card(me)
    me.press("ready")
    me.say("  Robin ")
    assert sheet(me.press("notify"))["Naam"] == "Robin"
    me.press("send")
    (act,) = me.acts
    assert isinstance(act, Send)
    assert (act.name, act.notify) == ("Robin", True)


def test_the_alias_is_another_one_for_the_next_case(me: Asker) -> None:
    first = sheet(to_the_preview(me))["Schuilnaam"]
    me.press("send")
    me.news(News("withdrawn"))
    me.press("coach")
    me.press("let_go")
    assert sheet(to_the_preview(me))["Schuilnaam"] != first


def test_with_a_request_everything_stays_twelve_weeks_and_that_is_said_before_it_is_sent(
    scripts: Scripts,
) -> None:
    brief = scripts.of(Organisation("mill", "bureau", country="NL", retention_days=14))
    me = Asker(brief)
    me.press("lobby")
    me.press("private")
    me.press("4")
    turn = to_the_preview(me)
    assert scripts.coach.preview_kept.nl in turn.says
    assert me.session is not None
    assert me.session.expires == me.week + 1
    me.press("send")
    assert me.session.expires == me.week + 12
    told = sheet(me.press("mydata"))["Tot wanneer"]
    assert scripts.coach.mydata_until.nl in told
    assert written(last_day(me.week + 12), "nl") in told

    me.news(News("ended"))
    me.press("coach")
    me.press("let_go")
    assert me.session.expires == me.week + 1
    assert scripts.coach.mydata_until.nl not in sheet(me.press("mydata"))["Tot wanneer"]


def test_what_opens_the_answers_lies_in_the_session(me: Asker) -> None:
    sent(me)
    assert me.session is not None
    assert me.session.case is not None
    again = decode(encode(me.session))
    assert again.case is not None
    assert again.case.inbox == me.session.case.inbox


@pytest.mark.parametrize("screen", ["line", "name", "letter", "reveal"])
def test_what_is_too_long_is_not_written_down_and_stands_in_the_field_again(
    me: Asker, scripts: Scripts, screen: str
) -> None:
    if screen in ("line", "name"):
        to_the_card(me)
        me.press("change" if screen == "line" else "ready")
        if screen == "line":
            me.press("part_energy")
    else:
        sent(me)
        me.news(News("answered", coach=ANNE))
        me.press("coach")
        me.press("write" if screen == "letter" else "reveal")
    long = "lang " * 199 + "\n" * 250
    turn = me.say(f"{long}x")
    texts = scripts.coach
    assert {texts.too_long.nl, texts.letter_too_long.nl} & set(turn.says)
    assert turn.prompt is not None
    assert turn.prompt.words.split() == f"{long}x".split()
    assert me.session is not None
    assert me.session.draft is not None
    assert (
        "lang lang"
        not in f"{me.session.draft.lines}{me.session.draft.words}{me.session.draft.name}"
    )
    assert len(me.acts) == (screen in ("letter", "reveal"))


def test_in_the_terminal_a_line_is_shown_before_it_is_changed(me: Asker) -> None:
    to_the_card(me)
    me.surface = None
    assert me.session is not None
    me.session = replace(me.session, surface=None)
    me.press("change")
    assert sheet(me.press("part_question")) == {"Mijn vraag": QUESTION}


def test_in_the_chat_nothing_of_it_is_shown(me: Asker, scripts: Scripts) -> None:
    to_the_preview(me)
    assert me.session is not None
    me.session = replace(me.session, surface="chat")
    me.surface = "chat"
    for turn in (me.press("coach"), me.say("mijn antwoord"), me.say("hoi"), me.press("ready")):
        assert turn.prompt is not None
        assert turn.prompt.ask == scripts.coach.in_window.nl
        assert turn.sheet is None
        assert not turn.prompt.typed
    assert me.session.draft is not None
    assert "mijn antwoord" not in me.session.draft.lines.values()


def test_a_coach_who_is_gone_meanwhile_gets_nothing(me: Asker, scripts: Scripts) -> None:
    to_the_preview(me)
    me.coaching = replace(COACHING, coaches=(BRAM,))
    turn = me.press("send")
    assert scripts.coach.not_available.nl in turn.says
    assert me.acts == []
    assert f"coach_{BRAM.id}" in me.names


def test_danger_on_a_card_is_answered_first_and_stands_nowhere(me: Asker) -> None:
    me.press("coach")
    me.press("go")
    me.press("anyone")
    turn = me.say("ik wil dood")
    assert any("113" in said for said in turn.says)
    assert me.session is not None
    assert me.session.draft is not None
    assert "ik wil dood" not in me.session.draft.lines.values()


def test_whoever_leaves_finds_the_card_again_and_the_question_where_it_was(me: Asker) -> None:
    question = me.turn.prompt
    to_the_card(me)
    turn = me.press("coach_leave")
    assert question is not None
    assert turn.prompt is not None
    assert turn.prompt.ask == question.ask
    assert sheet(me.press("coach"))["Mijn vraag"] == QUESTION


def test_my_data_shows_what_is_written_and_what_was_sent(me: Asker) -> None:
    to_the_card(me)
    assert QUESTION in sheet(me.press("mydata"))["Nog niet verstuurd aan een coach"]
    me.press("coach_leave")
    sent(me)
    assert QUESTION in sheet(me.press("mydata"))["Gestuurd aan een coach"]


def test_every_state_says_who_has_it_and_how_it_is_taken_back(me: Asker, scripts: Scripts) -> None:
    sent(me)
    for state in scripts.coach.states:
        me.news(News(state, coach=ANNE))
        told = me.press("coach").says
        assert scripts.coach.states[state].nl.replace("{coach}", "Anne") in told
        assert scripts.coach.take_back[state].nl in told
        assert ("withdraw" in me.names) is (state not in ("closed", "withdrawn", "ended"))


def test_an_answer_is_announced_shown_once_and_then_read(me: Asker, scripts: Scripts) -> None:
    sent(me)
    answer = Letter("1" * 32, "coach", "words", 1, 2970, "wat wil je behouden?")
    me.news(News("answered", coach=ANNE, letters=(answer,)))
    assert scripts.coach.answer_here.nl in me.press("lobby").says
    assert sheet(me.press("coach")) == {"Anne": "wat wil je behouden?"}
    me.news(News("answered", coach=ANNE, letters=(answer,)))
    assert scripts.coach.answer_here.nl not in me.press("lobby").says


@pytest.mark.parametrize(
    "news",
    [
        News("returned"),
        News("ended"),
        News("received", overdue=True),
        News("opened", coach=ANNE, overdue=True),
        News("answered", coach=ANNE, ends_week=2980, ends_soon=True),
    ],
)
def test_whatever_becomes_of_a_case_is_announced_until_it_was_looked_at(
    me: Asker, scripts: Scripts, news: News
) -> None:
    line = scripts.coach.answer_here.nl
    sent(me)
    me.news(News("received"))
    assert line not in me.press("lobby").says
    me.news(news)
    for _ in range(2):
        assert line in me.press("lobby").says
    me.press("coach")
    me.press("coach_leave")
    assert line not in me.press("lobby").says


def test_a_message_is_shown_as_it_will_be_seen_before_it_is_sent(me: Asker) -> None:
    sent(me)
    me.news(News("answered", coach=ANNE))
    me.press("coach")
    me.press("write")
    turn = me.say("dank, ik denk erover")
    assert list(sheet(turn).values()) == ["dank, ik denk erover"]
    assert len(me.acts) == 1
    me.press("send")
    assert me.acts[-1] == Write("words", words="dank, ik denk erover")


def test_a_name_is_told_by_the_person_only_and_is_said_to_be_final(me: Asker) -> None:
    sent(me)
    me.news(News("answered", coach=ANNE))
    me.press("coach")
    assert any("niet meer terug" in said for said in me.press("reveal").says)
    assert "Robin" in " ".join(sheet(me.say("Robin")).values())
    me.press("send")
    assert me.acts[-1] == Write("name", words="Robin")


def test_a_time_that_the_coach_offers_is_chosen_with_one_button(me: Asker) -> None:
    sent(me)
    times = Times(("dinsdag 10:00", "woensdag 14:00"), "video", "een link")
    offer = Letter("2" * 32, "coach", "times", 1, 2970, times=times)
    me.news(News("answered", coach=ANNE, letters=(offer,)))
    turn = me.press("coach")
    assert any("nummer of naam" in said for said in turn.says)
    me.press("time_1")
    assert me.acts[-1] == Write("choice", chosen=1)


def test_a_time_that_was_not_offered_chooses_nothing(me: Asker) -> None:
    sent(me)
    times = Times(("dinsdag 10:00",), "place", "de kantine")
    me.news(
        News(
            "answered",
            coach=ANNE,
            letters=(Letter("2" * 32, "coach", "times", 1, 2970, times=times),),
        )
    )
    me.press("coach")
    me.press("time_1")
    me.press("time_x")
    assert len(me.acts) == 1


def test_taking_it_back_is_asked_once_and_then_done(me: Asker) -> None:
    sent(me)
    me.news(News("opened", coach=ANNE))
    me.press("coach")
    me.press("withdraw")
    me.press("no")
    assert len(me.acts) == 1
    me.news(News("opened", coach=ANNE))
    me.press("coach")
    me.press("withdraw")
    me.press("yes")
    assert me.acts[-1] == Withdraw()
    assert me.session is not None
    assert me.session.case is None


def test_not_this_coach_sends_the_same_card_to_another_one(me: Asker) -> None:
    sent(me)
    me.news(News("opened", coach=ANNE))
    me.press("coach")
    me.press("another")
    assert f"coach_{ANNE.id}" not in me.names
    me.press(f"coach_{BRAM.id}")
    me.press("ready")
    me.press("under_alias")
    me.press("pull")
    me.press("send")
    act = me.acts[-1]
    assert isinstance(act, Send)
    assert (act.coaches, act.declined) == ((BRAM.id,), (ANNE.id,))
    assert act.card.lines[0].words == QUESTION


def test_an_ended_case_is_cleared_away(me: Asker) -> None:
    sent(me)
    me.news(News("ended"))
    me.press("coach")
    me.press("let_go")
    assert me.acts[-1] == LetGo()


def test_forgetting_says_that_the_request_is_taken_back_first(me: Asker, scripts: Scripts) -> None:
    sent(me)
    me.news(News("received"))
    assert scripts.coach.forget.nl in me.press("forget").says
    me.press("forget_yes")
    assert me.session is None


def test_an_old_button_does_nothing_and_shows_the_present_screen(
    me: Asker, scripts: Scripts
) -> None:
    to_the_preview(me)
    turn = me.press("send", token=f"{me.session.id}.1" if me.session else "")
    assert me.acts == []
    assert scripts.phrases.old_button.nl in turn.says
    assert "send" in me.names


def test_the_whole_way_survives_being_written_down(me: Asker) -> None:
    """`Talker` encodes and decodes after every turn; here what that left is looked at."""
    to_the_preview(me)
    assert me.session is not None
    assert me.session.draft is not None
    assert me.session.draft.coaches == (ANNE.id,)
    assert isinstance(me.session.case, Case | None)


def test_another_coach_is_a_change_that_is_told_once_and_a_holiday_is_none(
    me: Asker, scripts: Scripts
) -> None:
    told = scripts.phrases.changes["coaches"].nl
    me.coaching = replace(COACHING, coaches=(replace(ANNE, available=False), BRAM))
    assert told not in me.press("window").says
    me.coaching = replace(COACHING, coaches=(BRAM,))
    assert told in me.press("window").says
    assert told not in me.press("window").says
