"""Every class of fault has one code, that tells nothing about anybody and can be looked up."""

from __future__ import annotations

import logging
from typing import get_args

import pytest

from adapters.delivery import UndeliveredError
from adapters.faults import CODES, coded, fault, named, noted
from adapters.incoming import BusyError
from adapters.limits import LimitedError
from bot import metrics
from bot.doctor.explain import MEANINGS, explain
from bot.errors import SettingsError
from bot.log import EVENTS
from conversations.errors import Cause, StoreError
from conversations.script import Text
from storage.errors import KeysError

LINE = Text(nl="Er ging iets mis.", en="Something went wrong.")


@pytest.mark.parametrize(
    ("error", "what"),
    [
        (BusyError(), "busy"),
        (LimitedError(), "limited"),
        (UndeliveredError(), "platform"),
        (KeysError("root_size", "restore the file"), "keys"),
        (StoreError("SessionError"), "unknown"),
        (KeyError("UCANARY"), "unexpected"),
        *((StoreError("OperationalError", cause), cause) for cause in get_args(Cause)),
    ],
)
def test_every_error_belongs_to_one_class(error: Exception, what: str) -> None:
    assert fault(error) == what


def test_every_class_has_a_code_of_its_own_and_an_explanation() -> None:
    assert len(set(CODES.values())) == len(CODES)
    assert set(CODES) == set(MEANINGS)
    assert set(get_args(Cause)) < set(CODES)
    for code in CODES.values():
        assert explain(code).startswith(f"{code},")
        assert explain(code.lower()) == explain(code)
        assert code in explain(None)


def test_a_code_that_does_not_exist_is_refused_with_those_that_do() -> None:
    with pytest.raises(SettingsError, match="S1, S2"):
        explain("Z9")


def test_the_code_stands_behind_the_line_in_every_language() -> None:
    told = coded(LINE, "locked")

    assert told.nl == "Er ging iets mis. (code S2)"
    assert told.en == "Something went wrong. (code S2)"


@pytest.mark.parametrize(
    ("error", "event", "code"),
    [
        (BusyError(), "turn_busy", None),
        (LimitedError(), "turn_limited", None),
        (UndeliveredError(), "window_not_shown", None),
        (StoreError("OperationalError", "disk"), "turn_not_kept", "disk"),
        (KeyError("UCANARY"), "turn_failed", "key_error"),
    ],
)
def test_a_fault_is_one_line_of_constant_words(
    error: Exception, event: str, code: str | None, caplog: pytest.LogCaptureFixture
) -> None:
    log = logging.getLogger("luwte.test")

    with caplog.at_level(logging.INFO):
        noted(log, error)

    (record,) = caplog.records
    assert (record.getMessage(), record.__dict__.get("code")) == (event, code)
    assert event in EVENTS
    assert event in metrics.BECAME


def test_a_class_is_named_without_its_text() -> None:
    assert named(ValueError("UCANARY")) == "value_error"
