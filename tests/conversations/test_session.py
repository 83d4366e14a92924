"""A session survives its bytes, and bytes that are no session are refused by a clear error."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from conversations.cases import PARTS, Card, CardLine, Case, Pending
from conversations.errors import SessionError
from conversations.session import RING, Answer, Past, Session, Spot, decode, encode

names = st.text("abcdefgh_", min_size=1, max_size=12)
words = st.text(st.characters(exclude_categories=["Cs"]), max_size=200)
answers = st.one_of(
    st.builds(Answer, words=words),
    st.builds(Answer, option=names),
    st.builds(Answer, number=st.integers(0, 10)),
)
cases = st.builds(
    Case,
    id=names,
    inbox=names,
    alias=names,
    card=st.builds(
        Card, st.lists(st.builds(CardLine, st.sampled_from(PARTS), words), max_size=3).map(tuple)
    ),
    language=st.sampled_from(["nl", "en"]),
    week=st.integers(0, 9_999),
    where=names,
    coaches=st.lists(names, max_size=3).map(tuple),
    declined=st.lists(names, max_size=3).map(tuple),
    name=st.none() | names,
    notify=st.booleans(),
    taken=st.booleans(),
    read=st.integers(0, 99),
    pending=st.lists(
        st.builds(
            Pending,
            id=names,
            kind=st.sampled_from(["words", "name", "choice"]),
            stamp=st.integers(0, 99),
            week=st.integers(0, 9_999),
            to=names,
            words=words,
            chosen=st.none() | st.integers(0, 2),
        ),
        max_size=2,
    ).map(tuple),
)
spots = st.builds(Spot, names, st.integers(1, 9), names)
slots = st.dictionaries(names, answers, max_size=8)
sessions = st.builds(
    Session,
    id=names,
    language=st.sampled_from(["nl", "en"]),
    at=spots,
    turn=st.integers(0, 10_000),
    track=st.none() | spots,
    slots=slots,
    path=st.lists(spots, max_size=5).map(tuple),
    themes=st.lists(names, max_size=4).map(tuple),
    probes=st.integers(0, 2),
    joins=st.none() | names,
    paused=st.sampled_from([None, "stopped", "forget", "crisis", "lock"]),
    kept=st.booleans(),
    begun=st.booleans(),
    expires=st.integers(0, 9_999),
    asked=st.integers(0, 10**16),
    seen=st.lists(names, max_size=RING).map(tuple),
    past=st.lists(st.builds(Past, spots, slots), max_size=3).map(tuple),
    looking=st.integers(0, 9),
    editing=st.none() | names,
    visits=st.dictionaries(names, st.integers(0, 9), max_size=4),
    week=st.integers(0, 9_999),
    talks=st.integers(0, 99),
    heard=st.lists(names, max_size=4).map(tuple),
    talked=st.lists(names, max_size=4).map(tuple),
    known=st.lists(names, max_size=4).map(tuple),
    signs=st.lists(names, max_size=3).map(tuple),
    offered=st.booleans(),
    quiet_talk=st.integers(0, 99),
    quiet_week=st.integers(0, 9_999),
    locked=st.booleans(),
    case=st.none() | cases,
    withdrawn=st.lists(names, max_size=2).map(tuple),
    facts=st.lists(names, max_size=5).map(tuple),
    typed=st.integers(0, 99),
    misses=st.integers(0, 9),
    heavy=st.booleans(),
    replies=st.lists(names, max_size=6).map(tuple),
    replied=st.integers(0, 99),
    offers=st.lists(names, max_size=4).map(tuple),
    buttons=st.booleans(),
)


@given(sessions)
def test_what_was_encoded_is_decoded_whole(session: Session) -> None:
    assert decode(encode(session)) == session


@given(st.binary(max_size=400))
def test_arbitrary_bytes_are_refused_and_never_crash(data: bytes) -> None:
    with pytest.raises(SessionError):
        decode(data)


@pytest.mark.parametrize(
    "data", [b"{}", b"[]", b'{"format":2}', b'{"format":1}', b'{"format":1,"at":{},"path":1}']
)
def test_another_shape_is_refused(data: bytes) -> None:
    with pytest.raises(SessionError):
        decode(data)


def test_the_ring_of_events_keeps_the_last_ones_and_each_once() -> None:
    session = Session(id="a", language="nl", at=Spot("frame", 1, "promise"))
    for number in range(RING + 3):
        session = session.saw(str(number)).saw(str(number))

    assert session.seen == tuple(str(number) for number in range(3, RING + 3))


def test_a_session_never_prints_what_it_holds() -> None:
    session = Session(
        id="a", language="nl", at=Spot("t", 1, "s"), slots={"t.s": Answer(words="geheim")}
    )

    assert "geheim" not in f"{session} {session.slots}"


def test_what_may_be_left_out_of_the_bytes_is_what_is_filled_in_again() -> None:
    """`encode` leaves out what is empty, zero or false: no field may have another default."""
    plain = Session(id="a", language="nl", at=Spot("frame", 1, "promise"))

    assert [name for name, part in vars(plain).items() if part] == ["id", "language", "at"]
