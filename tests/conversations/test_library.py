"""Reading the authored files: what comes of them in order, and what is said when they are not."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from conversations import check, library, reading
from conversations.errors import ContentError
from conversations.script import ByTheme, Choice, Close, Scale
from conversations.session import Spot
from conversations.shelf import arrange
from tests.support import content

if TYPE_CHECKING:
    from pathlib import Path

REST = "tracks/2_rest.yaml"
YES = '{ nl: "Ja?", en: "Yes?" }'

Told = list[tuple[int, str]]

LETTERS: dict[str, tuple[bytes, Told]] = {
    "nothing": (b"", [(1, "L104")]),
    "comments only": (b"# to do\n", [(1, "L104")]),
    "a list": (b"- one\n- two\n", [(1, "L104")]),
    "one word": (b"conversation", [(1, "L104")]),
    "latin-1": (b'id: a\ntitle: "caf\xe9"\n', [(2, "L101")]),
    "a picture": (b"\x89PNG\r\n\x1a\n\x00\x00", [(1, "L101")]),
    "an unseen character": (b"id: a\n\ntitle: \x07\n", [(3, "L101")]),
    "a megabyte": (b"#" * 1_000_000, [(0, "L101")]),
    "a tab": (b"id: a\n\trevision: 1\n", [(2, "L102")]),
    "a colon in bare words": (b"id: a\ntitle: one: two\n", [(2, "L102")]),
    "a quote never closed": (b'id: "a\nrevision: 1\nstart: b\n', [(1, "L102")]),
    "a bracket never closed": (b"id: [a\n", [(2, "L102")]),
    "two documents": (b"---\nid: a\n---\nid: b\n", [(3, "L102")]),
    "a thousand brackets": (b"id: " + b"[" * 1_000, [(1, "L102")]),
    "a backslash": (b'id: a\ntitle: "this \\and that"\n', [(2, "L102")]),
    "an escape of no character": (b'id: "\\ud800"\n', [(1, "L102")]),
    "a name that is a list": (b"id: a\n? [b]\n: c\n", [(2, "L102")]),
    "a reference": (b"id: &a b\nstart: *a\n", [(1, "L105"), (2, "L105")]),
    "a tag": (b"id: !Let op\n", [(1, "L105")]),
    "a name twice": (b"id: a\nstart: b\nid: c\n", [(3, "L103")]),
    "bare words": (b"title:\n  nl: Ja\n  en: Yes\n", [(2, "L106"), (3, "L106")]),
}

# What is planted into the second track: what stood there, what stands there now, what is told.
SHAPES: dict[str, tuple[str, str, Told]] = {
    "a field of the script missing": ("revision: 2\n", "", [(1, "L110")]),
    "a field of a step missing": ("    go: up\n", "", [(7, "L110")]),
    "a language missing": (', en: "Up you get." }', " }", [(17, "L110")]),
    "a kind missing": ("    kind: close\n", "", [(15, "L110")]),
    "a kind that is none": ("kind: close", "kind: klose", [(16, "L112")]),
    "a kind of the frame": ("kind: close", "kind: summary", [(16, "L112")]),
    "a name that is not known": ("    go: up", "    go: up\n    goes: up", [(14, "L111")]),
    "a misspelt name, told once": (
        "    kind: open\n",
        "    kind: open\n    aks: x\n",
        [(9, "L111")],
    ),
    "a number for a text": ('"Sitting down"', "12", [(3, "L106")]),
    "a word for a number": ("revision: 2", "revision: two", [(2, "L113")]),
    "a number too small": ("revision: 2", "revision: 0", [(2, "L113")]),
    "a word for a list": ("[{ label", "{ label", [(18, "L102")]),
    "a text for a step": ("  up:\n", '  out: "out"\n  up:\n', [(15, "L113")]),
    "a list for a mapping": ("go: up", "go: [up]", [(13, "L113")]),
    "a branch without otherwise": ("go: up", "go: { by_theme: { calm: up } }", [(13, "L110")]),
    "a target that is no name": ("go: up", 'go: "Up There"', [(13, "L114")]),
    "a step name with capitals": ("  up:\n", "  Up:\n", [(13, "L201"), (15, "L114")]),
    "an option name of digits": ("birds:", "1:", [(12, "L114")]),
    "a do that is none": ("birds: {", "birds: { do: it,", [(12, "L113"), (12, "L213")]),
    "an empty text": ('"Up you get."', '""', [(17, "L116")]),
    "no text": ('"Up you get."', "", [(17, "L116")]),
    "bare words with a comma": ('"Zitten"', "Zitten, of niet", [(4, "L106")]),
    "three probes": (
        "    go: up\n",
        f"    probes: [{', '.join([f'{{ ask: {YES}, when_short: true }}'] * 3)}]\n    go: up\n",
        [(13, "L115")],
    ),
    "a name unknown in a probe": (
        "    go: up\n",
        f"    probes: [{{ ask: {YES}, whenshort: true }}]\n    go: up\n",
        [(13, "L111")],
    ),
    "a name unknown in a branch": (
        "go: up",
        "go: { by_theme: { calm: up }, otherwise: up, else: up }",
        [(13, "L111")],
    ),
    "one end of a scale": (
        "  up:\n",
        f"  more:\n    kind: scale\n    ask: {YES}\n    ends: [{YES}]\n    go: up\n  up:\n",
        [(15, "L203"), (18, "L115")],
    ),
}


def test_content_in_order_becomes_values() -> None:
    scripts = content.scripts()

    where, often = scripts.tracks["walk"].step("where"), scripts.tracks["walk"].step("often")
    assert isinstance(where, Choice)
    assert where.options["wood"].label.to("nl") == "In het bos"
    assert isinstance(often, Scale)
    assert often.bands[1].go == ByTheme(by_theme={"calm": "seen"}, otherwise="hinder")
    assert isinstance(scripts.frame.step("end"), Close)
    assert scripts.phrases.labels.skip.to("en") == "skip en"
    assert scripts.lexicon.heard("zo druk", "nl") == ("busy",)
    assert scripts.safety.countries["NL"].verified_on == date(2025, 1, 15)


def test_tracks_are_offered_in_the_order_of_their_file_names(tmp_path: Path) -> None:
    content.write(tmp_path)
    (tmp_path / "tracks" / "1_walk.yaml").rename(tmp_path / "tracks" / "3_walk.yaml")

    assert list(content.scripts().tracks) == ["walk", "rest"]
    assert list(library.load(tmp_path).tracks) == ["rest", "walk"]


def test_the_number_in_a_file_name_counts_as_a_number(tmp_path: Path) -> None:
    content.write(tmp_path)
    (tmp_path / "tracks" / "1_walk.yaml").rename(tmp_path / "tracks" / "10_walk.yaml")

    assert list(library.load(tmp_path).tracks) == ["rest", "walk"]
    assert list(content.packaged().tracks) == [f"t{number}" for number in range(1, 14)]


def test_the_newest_revision_is_offered_and_an_older_one_is_kept(tmp_path: Path) -> None:
    content.write(tmp_path)
    older = content.REST.replace("revision: 2", "revision: 1").replace("Vogels", "Bijen")
    (tmp_path / "tracks" / "3_rest_1.yaml").write_text(older, encoding="utf-8")

    scripts = library.load(tmp_path)

    assert scripts.tracks["rest"].revision == 2
    assert list(scripts.older) == [("rest", 1)]
    assert scripts.script(Spot("rest", 1, "bench")) is scripts.older["rest", 1]


def test_words_stay_words(tmp_path: Path) -> None:
    content.write(tmp_path)
    content.change(tmp_path, REST, "      birds:", "      no:")
    content.change(tmp_path, REST, '"Vogels"', '"Nee"')
    text = '\n      nl: >\n        Sta maar\n        weer op.\n      en: "Up you get." #now'
    content.change(tmp_path, REST, '{ nl: "Sta maar weer op.", en: "Up you get." }', text)

    rest = library.load(tmp_path).tracks["rest"]

    bench, up = rest.steps["bench"], rest.steps["up"]
    assert not isinstance(bench, Close | Scale)
    assert list(bench.options) == ["no"]
    assert isinstance(up, Close)
    assert up.say.to("nl").strip() == "Sta maar weer op."
    assert up.say.to("en") == "Up you get."


@pytest.mark.parametrize("pure", [False, True], ids=["any parser", "parser in Python"])
@pytest.mark.parametrize("name", LETTERS)
def test_bytes_that_cannot_be_read_are_told_with_their_line(
    name: str, pure: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, expected = LETTERS[name]
    if pure:
        monkeypatch.setattr(reading, "YAML", _in_python)

    page = reading.read("a.yaml", data)

    assert [(problem.line, problem.code) for problem in page.problems] == expected
    assert all(problem.what and problem.remedy for problem in page.problems)


@pytest.mark.parametrize("file", [*content.FILES, "phrases.yaml"])
def test_either_parser_reads_the_same(
    file: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    data = (content.write(tmp_path) / file).read_bytes()
    page = reading.read(file, data)

    monkeypatch.setattr(reading, "YAML", _in_python)

    assert reading.read(file, data) == page


@pytest.mark.parametrize("name", SHAPES)
def test_a_value_of_the_wrong_shape_is_told_with_its_line(name: str, tmp_path: Path) -> None:
    old, new, expected = SHAPES[name]
    content.write(tmp_path)
    content.change(tmp_path, REST, old, new)

    problems = check.run(tmp_path)

    assert [(problem.line, problem.code) for problem in problems] == expected
    assert {problem.file for problem in problems} <= {REST}
    assert all(problem.what and problem.remedy for problem in problems)


def test_an_escape_beyond_all_characters_is_told_by_either_parser(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    data = rb'id: "\UFFFFFFFF"'
    assert [problem.code for problem in reading.read("a.yaml", data).problems] == ["L102"]

    monkeypatch.setattr(reading, "YAML", _in_python)

    assert [problem.code for problem in reading.read("a.yaml", data).problems] == ["L102"]


def test_an_unknown_command_is_told_with_the_nearest_one(tmp_path: Path) -> None:
    content.write(tmp_path)
    content.change(tmp_path, "phrases.yaml", '"hello": {', '"helo": {')

    (problem,) = check.run(tmp_path)

    assert (problem.code, problem.remedy) == ("L111", "Did you mean `hello`?")


def test_every_problem_of_every_file_is_raised_at_once(tmp_path: Path) -> None:
    content.write(tmp_path)
    content.change(tmp_path, REST, "kind: close", "kind: klose")
    content.change(tmp_path, REST, "go: up", "go: pu")
    content.change(tmp_path, "frame.yaml", "start: promise", "start: promis")
    content.change(tmp_path, "lexicon.yaml", 'hits: ["ik wil rust"]', "hits: 3")
    content.change(tmp_path, "safety.yaml", "harmless", "harmles")
    content.change(tmp_path, "helplines.yaml", 'call: "000 0000"', "call: 112")
    content.change(tmp_path, "phrases.yaml", '"empty": {', '"emty": {')

    with pytest.raises(ContentError) as raised:
        library.load(tmp_path)

    assert [(problem.file, problem.code) for problem in raised.value.problems] == [
        ("frame.yaml", "L201"),
        ("helplines.yaml", "L113"),
        ("lexicon.yaml", "L113"),
        ("phrases.yaml", "L111"),
        ("safety.yaml", "L111"),
        (REST, "L201"),
        (REST, "L203"),
        (REST, "L112"),
    ]


def test_wording_does_not_keep_content_from_loading(tmp_path: Path) -> None:
    content.write(tmp_path)
    content.change(tmp_path, REST, '"Up you get."', '"Up you get!"')

    assert library.load(tmp_path).tracks
    assert [problem.code for problem in check.run(tmp_path)] == ["L309"]


@pytest.mark.parametrize(
    "file", ["frame.yaml", "phrases.yaml", "lexicon.yaml", "safety.yaml", "helplines.yaml"]
)
def test_a_file_that_is_missing_is_told(file: str, tmp_path: Path) -> None:
    (content.write(tmp_path) / file).unlink()

    problems = check.run(tmp_path)

    assert [(p.file, p.line, p.code) for p in problems] == [(file, 0, "L107")]


def test_a_track_file_that_would_be_passed_over_is_told(tmp_path: Path) -> None:
    content.write(tmp_path)
    (tmp_path / "tracks" / "3_more.yml").write_text(content.REST, encoding="utf-8")
    (tmp_path / "tracks" / ".3_more.yaml.swp").write_bytes(b"\x00")

    problems = check.run(tmp_path)

    assert [(p.file, p.code) for p in problems] == [("tracks/3_more.yml", "L108")]


def test_a_track_in_the_wrong_folder_is_told(tmp_path: Path) -> None:
    content.write(tmp_path)
    (tmp_path / "3_more.yaml").write_text(content.REST, encoding="utf-8")

    assert [(p.file, p.code) for p in check.run(tmp_path)] == [("3_more.yaml", "L108")]


def test_a_folder_that_is_no_content_is_told_file_by_file(tmp_path: Path) -> None:
    with pytest.raises(ContentError) as raised:
        library.load(tmp_path)

    assert {problem.code for problem in raised.value.problems} == {"L107"}


def test_a_problem_reads_as_place_code_and_remedy(tmp_path: Path) -> None:
    content.write(tmp_path)
    content.change(tmp_path, REST, "kind: close", "kind: klose")

    assert [str(problem) for problem in check.run(tmp_path)] == [
        f"{REST}:16: L112 steps.up: there is no kind `klose` here\n    Did you mean `close`?"
    ]


@settings(max_examples=100, deadline=None)
@given(data=st.binary(max_size=200) | st.text(max_size=200).map(str.encode))
def test_no_bytes_whatever_raise(data: bytes) -> None:
    _look_at({REST: data})


@settings(max_examples=100, deadline=None)
@given(data=st.data())
def test_no_damage_to_letters_raises(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(content.FILES)))
    words = content.FILES[file]
    start = data.draw(st.integers(0, len(words)))
    end = start + data.draw(st.integers(0, 20))
    new = data.draw(st.text(st.sampled_from("aA1 \n\t:,-#&*!?|>{}[]\"'\\%@`~é\u2028"), max_size=6))

    _look_at({file: (words[:start] + new + words[end:]).encode()})


ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=2)
        | st.dictionaries(
            st.sampled_from(["nl", "go", "by_theme", "kind", "id", ""]), inner, max_size=2
        )
    ),
    max_leaves=4,
)


@settings(max_examples=120, deadline=None)
@given(data=st.data())
def test_no_value_in_the_place_of_another_raises(data: st.DataObject) -> None:
    file = data.draw(st.sampled_from(sorted(content.FILES)))
    value = YAML(typ="safe").load(content.FILES[file])
    around, key = data.draw(st.sampled_from(list(_places(value))))
    around[key] = data.draw(ODD)

    _look_at({file: json.dumps(value, default=str).encode()})


def test_the_packaged_content_has_no_problems() -> None:
    assert "\n".join(str(problem) for problem in check.run()) == ""
    assert library.load().tracks


def _look_at(files: dict[str, bytes]) -> None:
    """Check content in which these files are as given; whatever they are, problems are values."""
    folder = {name: words.encode() for name, words in content.FILES.items()} | files
    shelf = arrange({name: reading.read(name, data) for name, data in folder.items()})
    for problem in check.problems(shelf, date(2025, 3, 1)):
        assert problem.what
        assert problem.remedy
        assert re.fullmatch(r"L[1-4]\d\d", problem.code)
        str(problem).encode()


def _places(value: object) -> list[tuple[Any, Any]]:
    """Every place in the value, as what it lies in and its key there."""
    keys: list[Any] = []
    if isinstance(value, dict):
        keys = list(value)
    elif isinstance(value, list):
        keys = list(range(len(value)))
    found = [(value, key) for key in keys]
    for key in keys:
        found += _places(value[key])  # type: ignore[index] # keys is empty for anything else
    return found


def _in_python(typ: str) -> YAML:
    return YAML(typ=typ, pure=True)
