"""A function of the program is put back as it was, whatever happens meanwhile."""

from __future__ import annotations

import pytest

from bot.audit import times
from bot.audit.replacing import replaced


def test_a_function_and_a_method_are_replaced_and_put_back() -> None:
    moments, original = times.Moments((0.0,)), times.Moments.near

    def fail() -> None:
        with replaced("bot.audit.times:Moments.near", lambda _: lambda _self, _seconds: True):
            assert moments.near(1e12)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        fail()

    assert times.Moments.near is original


@pytest.mark.parametrize(
    "where", ["bot.nowhere:x", "bot.audit.times:Nothing", "bot.audit.times:A.b"]
)
def test_what_does_not_exist_is_told(where: str) -> None:
    with pytest.raises(LookupError), replaced(where, lambda it: it):
        pass
