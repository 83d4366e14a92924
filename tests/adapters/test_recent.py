"""A bounded memory of the last minutes."""

from __future__ import annotations

from adapters.recent import Recent


def test_what_is_older_than_its_time_is_forgotten() -> None:
    now = 0.0
    recent: Recent[str, int] = Recent(lambda: now, 10.0, 100)
    recent.put("a", 1)

    now = 9.0
    assert recent.get("a") == 1
    now = 10.0
    assert recent.get("a") is None


def test_it_never_holds_more_than_it_may() -> None:
    recent: Recent[int, int] = Recent(lambda: 0.0, 10.0, 3)

    for number in range(10):
        recent.put(number, number)

    assert len(recent) == 3
    assert recent.get(9) == 9
    assert recent.get(0) is None
