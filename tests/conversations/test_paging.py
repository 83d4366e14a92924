"""A sheet in pages: nothing of it is lost, in its order, and each page is one that a window can show."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from conversations import paging
from conversations.turn import SheetLine

LINES = st.lists(
    st.builds(SheetLine, st.text("ab ", max_size=9), st.text("xyz\n", max_size=5_000)), max_size=40
)


@given(LINES)
def test_the_pages_hold_everything_in_order_and_none_is_too_heavy(lines: list[SheetLine]) -> None:
    pages = paging.pages(lines)

    assert pages
    there = "\n".join(each.words for page in pages for each in page)
    wanted = "\n".join(each.words for each in lines)
    assert there.split() == wanted.split()
    for page in pages:
        rows = sum(len(each.words.splitlines()) for each in page)
        assert len(page) <= paging.MOST_LINES
        assert rows * paging.BREAK <= paging.PAGE


def test_what_is_short_is_one_page() -> None:
    lines = [SheetLine("Anne", "dag"), SheetLine("Jij", "hallo")]
    assert paging.pages(lines) == (tuple(lines),)
    assert paging.pages([]) == ((),)


def test_the_last_page_is_the_fullest() -> None:
    lines = [SheetLine(str(number), "dag") for number in range(paging.MOST_LINES + 1)]
    first, last = paging.pages(lines)
    assert (len(first), len(last)) == (1, paging.MOST_LINES)


def test_a_page_that_is_not_there_is_the_last_one() -> None:
    assert [paging.at(each, 3) for each in (None, 0, 1, 3, 4, -1)] == [2, 2, 0, 2, 2, 2]
    assert [paging.number(each) for each in ("2", "", "x", "99999", "²")] == [
        2,
        None,
        None,
        None,
        None,
    ]
