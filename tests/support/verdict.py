"""What must be true of a town's diary: everything once, nothing before its time, nothing late."""

from __future__ import annotations

from typing import TYPE_CHECKING

from storage.roundwork import REMINDED
from tests.support.diary import DAY

if TYPE_CHECKING:
    from tests.support.diary import Diary, Ran
    from tests.support.townlife import Asker, Town


def verdict(town: Town) -> str:
    """How much of everything there was. Raises AssertionError where something was not as it must be."""
    diary = town.diary
    diary.check_jobs()
    diary.check_expiry()
    quick = 0
    for each in town.askers:
        if each.silent:
            _reminded(diary, each)
        else:
            quick += _answered(diary, each)
    told = {
        "outages": len(diary.outages),
        "batches": len(diary.ran["batch"]),
        "rounds": len(diary.ran["round"]),
        "rows erased": len(diary.rows_gone),
        "secrets destroyed": len(diary.secrets_gone),
        "requests": len(town.askers),
        "notices to coaches": len(diary.notices),
        "notices to people": len(diary.told),
        "talks followed whole": quick,
    }
    assert all(told.values()), told
    return ", ".join(f"{number} {name}" for name, number in told.items())


def _reminded(diary: Diary, who: Asker) -> None:
    """A coach who never looks hears of it when it arrives and after two, five and twelve days."""
    entry = _next(diary.ran["batch"], who.sent)
    if entry is None:
        return
    days = [each for each in diary.ran["batch"] if each.at > entry.at]
    dues = [entry.at]
    for number in REMINDED:
        dues += [each.at for each in days if each.before < entry.after + number <= each.after]
    diary.check_notices(who.coach, dues)


def _answered(diary: Diary, who: Asker) -> bool:
    """The person is told of the answer and of the end once each, and the coach of the thanks once.

    Whether it went as quickly as it can, so that no reminder came between.
    """
    answered, thanked, closed = (
        who.moments.get(stage) for stage in ("answered", "thanked", "closed")
    )
    _told(diary, who, [each for each in (answered, closed) if each is not None])
    entry = _next(diary.ran["batch"], who.sent)
    if entry is None or answered is None or thanked is None or closed is None:
        return False
    arrived = _next(diary.ran["round"], thanked)
    assert arrived is not None
    if answered - entry.at > DAY or closed - arrived.at > DAY:
        return False
    diary.check_notices(who.coach, [entry.at, arrived.at])
    return True


def _told(diary: Diary, who: Asker, written: list[float]) -> None:
    """After the next round, unless the process that took the answer died before."""
    came = [at for at, to in diary.told if to == who.user.encode()]
    for moment in written:
        left = _next(diary.ran["round"], moment)
        if left is None:
            continue
        latest = diary.latest_at_work(left.at, memory=True)
        mine = [at for at in came if left.at <= at <= latest]
        assert len(mine) <= 1, "a person was told twice"
        late = latest <= diary.ended and _lived(who, moment, latest)
        assert mine or not late, "nobody told the person"
        came = [at for at in came if at not in mine]
    assert not came, "a person was told without reason, or late"


def _lived(who: Asker, since: float, until: float) -> bool:
    """Whether the processes that took the answers still had them in memory then."""
    return not any(since <= at <= until for each in who.by for at in each.died)


def _next(ran: list[Ran], since: float) -> Ran | None:
    return next((each for each in ran if each.at > since), None)
