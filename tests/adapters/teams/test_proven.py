"""The same token by the same key is read once; its time, and whether the key may still speak, each time."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, cast

import jwt
import pytest

from adapters.teams.auth import ISSUER, MOST, RefusedError, StrictAuth
from adapters.teams.keyset import KeySet, SigningKey
from tests.support.teams import APP_ID, TENANT, rsa_key

if TYPE_CHECKING:
    from tests.support.teams import Json

NOW = 1_760_000_000


class Keys:
    """Those that are published, by their ids."""

    def __init__(self, **published: str) -> None:
        self.published = {kid: published_key(name) for kid, name in published.items()}

    async def get(self, kid: str) -> SigningKey | None:
        return self.published.get(kid)


def published_key(name: str) -> SigningKey:
    public = jwt.algorithms.RSAAlgorithm.to_jwk(rsa_key(name).public_key(), as_dict=True)
    return SigningKey(jwt.PyJWK(public, algorithm="RS256"), frozenset({"msteams"}))


class Clock:
    seconds = float(NOW)

    def __call__(self) -> float:
        return self.seconds


def doorkeeper(keys: Keys, clock: Clock) -> StrictAuth:
    return StrictAuth(
        app_id=APP_ID, tenants=frozenset({TENANT}), keys=cast("KeySet", keys), clock=clock
    )


def header(lasts: int = 600) -> str:
    claims = {"iss": ISSUER, "aud": APP_ID, "exp": NOW + lasts, "serviceurl": "https://invented"}
    return f"Bearer {jwt.encode(claims, rsa_key('k1'), 'RS256', {'kid': 'k1'})}"


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Every token whose signature was worked out."""
    found: list[str] = []
    decode = jwt.decode

    def noted(token: str, *given: object, **named: object) -> Json:
        found.append(token)
        return decode(token, *given, **named)  # type: ignore[arg-type]

    monkeypatch.setattr(jwt, "decode", noted)
    return found


async def test_a_token_is_read_once(read: list[str]) -> None:
    strict, token = doorkeeper(Keys(k1="k1"), Clock()), header()

    first, second = await strict.verify(token), await strict.verify(token)
    await strict.verify(header(700))

    assert first == second
    assert len(read) == 2


async def test_what_somebody_does_with_the_claims_changes_no_later_ones() -> None:
    strict, token = doorkeeper(Keys(k1="k1"), Clock()), header()

    for _ in range(3):
        claims = await strict.verify(token)
        assert claims["serviceurl"] == "https://invented"
        claims["serviceurl"] = "https://elsewhere"


async def test_a_token_that_was_taken_is_refused_when_its_time_is_over() -> None:
    clock = Clock()
    strict, token = doorkeeper(Keys(k1="k1"), clock), header()
    await strict.verify(token)

    clock.seconds += 661

    with pytest.raises(RefusedError, match="not_in_time"):
        await strict.verify(token)


@pytest.mark.parametrize(("name", "code"), [(None, "unknown_key"), ("k2", "token")])
async def test_a_token_that_was_taken_is_refused_when_its_key_is_gone_or_another(
    name: str | None, code: str
) -> None:
    keys = Keys(k1="k1")
    strict, token = doorkeeper(keys, Clock()), header()
    await strict.verify(token)

    keys.published = {} if name is None else {"k1": published_key(name)}

    with pytest.raises(RefusedError, match=code):
        await strict.verify(token)


async def test_a_token_that_was_taken_is_refused_when_its_key_speaks_for_teams_no_more() -> None:
    keys = Keys(k1="k1")
    strict, token = doorkeeper(keys, Clock()), header()
    await strict.verify(token)

    keys.published["k1"] = replace(keys.published["k1"], endorsements=frozenset({"webchat"}))

    with pytest.raises(RefusedError, match="not_endorsed"):
        await strict.verify(token)


@pytest.mark.parametrize("part", [0, 1, 2], ids=["head", "claims", "signature"])
async def test_a_known_token_lends_none_of_its_parts_to_another(part: int) -> None:
    strict, known, other = doorkeeper(Keys(k1="k1"), Clock()), header(), header(700)
    await strict.verify(known)
    head = jwt.encode({}, rsa_key("k1"), "RS256", {"kid": "k1", "x": 1}).split(".")[0]
    parts = known.split(".")
    parts[part] = f"Bearer {head}" if part == 0 else other.split(".")[part]

    with pytest.raises(RefusedError, match="token"):
        await strict.verify(".".join(parts))


async def test_what_was_refused_is_read_anew_each_time(read: list[str]) -> None:
    strict = doorkeeper(Keys(k1="k2"), Clock())

    for _ in range(3):
        with pytest.raises(RefusedError, match="token"):
            await strict.verify(header())

    assert len(read) == 3


async def test_of_many_tokens_the_oldest_is_forgotten_and_read_anew(read: list[str]) -> None:
    strict, first = doorkeeper(Keys(k1="k1"), Clock()), header()
    await strict.verify(first)
    for number in range(MOST):
        await strict.verify(header(601 + number))

    await strict.verify(first)

    assert read.count(first.removeprefix("Bearer ")) == 2
