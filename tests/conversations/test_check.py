"""Every check of `luwte check`: one mistake planted into content that is in order, and told."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest

from conversations import check
from tests.support import content

BAD = Path(__file__).parent / "bad" / "ten_mistakes.yaml"
TODAY = date(2025, 3, 1)

FRAME, PHRASES, LEXICON = "frame.yaml", "phrases.yaml", "lexicon.yaml"
SAFETY, HELPLINES = "safety.yaml", "helplines.yaml"
WALK, REST = "tracks/1_walk.yaml", "tracks/2_rest.yaml"

HEARD = '"Vogels", en: "Birds"'
ASK = '"Wat hoor je nu?", en: "What do you hear now?"'
UP = '"Sta maar weer op.", en: "Up you get."'
OPTION = "birds: { label: { nl: " + HEARD + " } }"
LINE = '{ label: { nl: "Gehoord", en: "Heard" }, slot: bench }'
NUMBER = "    slot: clarity_before\n"
SAID = '"Je koos een {often}.", en: "You chose {often}."'
A_SAY = '{ nl: "Zo.", en: "So." }'
LONG = "Dit is een zin van veertig tekens, echt. "

# What is planted: the file, what stood there, what stands there now; and what must be told:
# each code with a piece of the line on which it must be told.
Mistake = tuple[str, str, str, list[tuple[str, str]]]

ROUTES: dict[str, Mistake] = {
    "start": (WALK, "start: where", "start: wher", [("L201", "start: wher")]),
    "start like no other": (REST, "start: bench", "start: zzz", [("L201", "start: zzz")]),
    "track like no other": (WALK, "track:rest", "track:zzz", [("L201", "track:zzz")]),
    "go": (WALK, "go: often", "go: oftn", [("L201", "go: oftn")]),
    "option": (WALK, "go: tracks", "go: tracts", [("L201", "go: tracts")]),
    "by theme": (WALK, "calm: seen", "calm: sean", [("L201", "calm: sean")]),
    "otherwise": (WALK, "otherwise: hinder", "otherwise: hider", [("L201", "hider")]),
    "track": (WALK, "track:rest", "track:rust", [("L201", "track:rust")]),
    "field of the frame": (FRAME, "again: welcome", "again: welcom", [("L201", "again:")]),
    "step that nobody meets": (REST, "start: bench", "start: up", [("L203", "  bench:")]),
    "step that never ends": (
        REST,
        "    go: up\n",
        "    go: bench\n",
        [("L204", "  bench:"), ("L203", "  up:")],
    ),
    "start of the wrong kind": (
        FRAME,
        "start: promise",
        "start: keep",
        [("L205", "start: keep"), ("L203", "  promise:")],
    ),
    "tracks of the wrong kind": (
        FRAME,
        "tracks: doors",
        "tracks: keep",
        [("L205", "tracks: keep")],
    ),
    "summary of the wrong kind": (
        FRAME,
        "summary: summary",
        "summary: keep",
        [("L205", "summary: keep"), ("L203", "  summary:")],
    ),
    "again of the wrong kind": (
        FRAME,
        "again: welcome",
        "again: end",
        [("L205", "again: end"), ("L203", "  welcome:")],
    ),
}

STEPS: dict[str, Mistake] = {
    "theme in by_theme": (WALK, "{ calm: seen }", "{ clam: seen }", [("L202", "clam: seen")]),
    "theme of an option": (WALK, "theme: calm }", "theme: clam }", [("L202", "theme: clam")]),
    "theme in heard": (WALK, "      busy: {", "      bizzy: {", [("L202", "bizzy: {")]),
    "theme of a probe": (WALK, "themes: [busy]", "themes: [bizzy]", [("L202", "[bizzy]")]),
    "lowest above highest": (FRAME, NUMBER, f"{NUMBER}    lowest: 10\n", [("L206", "lowest")]),
    "too many points": (FRAME, NUMBER, f"{NUMBER}    highest: 11\n", [("L206", "highest: 11")]),
    "bands that do not rise": (
        WALK,
        "up_to: 3\n",
        "up_to: 10\n",
        [("L206", "      - up_to: 10")],
    ),
    "bands that stop early": (FRAME, "- up_to: 10", "- up_to: 9", [("L206", "up_to: 9")]),
    "bands beyond the end": (FRAME, "- up_to: 10", "- up_to: 12", [("L206", "up_to: 12")]),
    "one option": (
        FRAME,
        '      later: { label: { nl: "Nu niet", en: "Not now" }, go: end }\n',
        "",
        [("L207", "options:")],
    ),
    "six options": (
        REST,
        OPTION,
        "\n      ".join(
            f'{name}: {{ label: {{ nl: "{name} nl", en: "{name} en" }} }}' for name in "abcdef"
        ),
        [("L207", "options:")],
    ),
    "open without options": (REST, f"    options:\n      {OPTION}\n", "", [("L208", "bench:")]),
    "option name of a control": (REST, "birds: {", "skip: {", [("L209", "skip: {")]),
    "track id of a control": (WALK, "id: walk", "id: help", [("L209", "id: help")]),
    "track called frame": (WALK, "id: walk", "id: frame", [("L209", "id: frame")]),
    "step called tracks": (
        REST,
        "go: up\n\n  up:",
        "go: tracks\n\n  tracks:",
        [("L209", "  tracks:")],
    ),
    "two labels alike": (WALK, '"In de stad"', '"in het bos."', [("L210", "in het bos")]),
    "do in a track": (REST, HEARD + " }", HEARD + " }, do: keep", [("L213", "do: keep")]),
    "promise for one operator": (
        FRAME,
        '      employer: { nl: "Je werkgever beheert dit.", en: "Your employer runs this." }\n',
        "",
        [("L214", "operator:")],
    ),
    "probe never asked": (WALK, "        when_short: true\n", "", [("L219", "iets meer")]),
}

SLOTS: dict[str, Mistake] = {
    "slot twice on one way": (
        WALK,
        "slot: hinder\n    ask",
        "slot: seen\n    ask",
        [("L211", "    slot: seen"), ("L212", "slot: hinder }")],
    ),
    "line of no slot": (REST, "slot: bench }", "slot: bank }", [("L212", "slot: bank }")]),
    "line of a number": (WALK, "slot: where }", "slot: often }", [("L212", "slot: often }")]),
    "number of no scale": (
        WALK,
        SAID,
        '"Je koos een {oftn}.", en: "You chose {oftn}."',
        [("L216", "{oftn}")],
    ),
    "number of a choice": (
        WALK,
        SAID,
        '"Je koos {where}.", en: "You chose {where}."',
        [("L216", "{where}")],
    ),
    "brace by itself": (REST, '"Up you get."', '"Up { you get."', [("L216", "Up { you")]),
    "number in one language": (WALK, '"You chose {often}."', '"Yes."', [("L217", "say:")]),
    "number in one language of a phrase": (
        PHRASES,
        '"empty nl"',
        '"empty {nl}"',
        [("L217", '"empty":')],
    ),
    "number in a label": (
        WALK,
        '"Van alles", en: "All sorts"',
        '"Alle {often}", en: "All {often}"',
        [("L218", "Alle {often}")],
    ),
    "number in a question that can be met without it": (
        WALK,
        '"Wat zag je onderweg?", en: "What did you see on the way?"',
        '"Wat is {often}?", en: "What is {often}?"',
        [("L218", "{often}?")],
    ),
    "number of the frame in a question": (
        REST,
        ASK,
        '"Wat is {clarity_before}?", en: "What is {clarity_before}?"',
        [("L218", "before}?")],
    ),
}

CATALOGUE: dict[str, Mistake] = {
    "operator in the phrases": (
        PHRASES,
        ',\n  "employer": {\n   "nl": "employer nl",\n   "en": "employer en"\n  }',
        "",
        [("L214", '"about_operator"')],
    ),
    "command without words": (
        PHRASES,
        '   "nl": [\n    "sla over"\n   ],',
        '   "nl": [],',
        [("L214", '"skip": {')],
    ),
    "help lines of no country": (
        HELPLINES,
        content.HELPLINES,
        "{}\n",
        [("L214", "{}")],
    ),
}

STYLE: dict[str, Mistake] = {
    "blank text": (REST, '"Up you get."', '"  "', [("L312", '"  "')]),
    "long door": (REST, '"Zitten", en', f'"{"z" * 23}", en', [("L301", "zzz")]),
    "long label": (REST, '"Vogels"', f'"{"v" * 23}"', [("L301", "vvv")]),
    "long start": (FRAME, '"Beginnen"', f'"{"b" * 23}"', [("L301", "bbb")]),
    "long label in the phrases": (PHRASES, '"send nl"', f'"{"s" * 23}"', [("L301", "sss")]),
    "long say": (REST, '"Sta maar weer op."', f'"{LONG * 6}"', [("L302", LONG)]),
    "long phrase": (PHRASES, '"empty nl"', f'"{LONG * 6}"', [("L302", LONG)]),
    "long reflection": (WALK, '"So it is the rush."', f'"{LONG * 6}"', [("L302", LONG)]),
    "long question": (REST, '"Wat hoor je nu?"', f'"{LONG * 3}?"', [("L303", LONG)]),
    "two question marks": (REST, '"Wat hoor je nu?"', '"Wat? Nu?"', [("L304", "Wat? Nu?")]),
    "no question mark": (
        WALK,
        '"Can you say a little more?"',
        '"Say a little more."',
        [("L304", "Say a little more.")],
    ),
    "waarom": (REST, '"Wat hoor je nu?"', '"Waarom hoor je nu?"', [("L305", "Waarom")]),
    "why after a sentence": (
        REST,
        '"What do you hear now?"',
        '"You hear it. Why now?"',
        [("L305", "Why now")],
    ),
    "three texts before a question": (
        REST,
        "    slot: bench\n    ask",
        f"    slot: bench\n    say: [{A_SAY}, {A_SAY}, {A_SAY}]\n    ask",
        [("L306", "say:")],
    ),
    "jargon": (REST, '"Sta maar weer op."', '"Sta in je kracht."', [("L307", "kracht")]),
    "jargon in a broken step": (
        REST,
        UP,
        UP.replace("weer", "competenties") + ", de: x",
        [("L111", "de: x"), ("L307", "competenties")],
    ),
    "praise in the phrases": (PHRASES, '"empty en"', '"Well done."', [("L307", "Well done")]),
    "promise that nobody can keep": (
        FRAME,
        '"I am a program."',
        '"This is 100% anonymous."',
        [("L308", "100%")],
    ),
    "promise with other hyphens": (
        FRAME,
        '"I am a program."',
        '"All of it is end\u2011to\u2011end encrypted."',
        [("L308", "encrypted")],
    ),
    "exclamation mark": (HELPLINES, '"Een ander"', '"Een ander!"', [("L309", "ander!")]),
    "same in both languages": (
        REST,
        UP,
        '"Op en neer dan maar.", en: "Op en neer dan maar."',
        [("L310", "say:")],
    ),
    "summary of six lines": (
        REST,
        f"summary: [{LINE}]",
        f"summary: [{', '.join([LINE] * 6)}]",
        [("L311", "summary:")],
    ),
}

HEARING: dict[str, Mistake] = {
    "theme that is not heard": (LEXICON, '"a quiet day"', '"a loud day"', [("L401", "loud")]),
    "theme that is heard by mistake": (
        LEXICON,
        '"het is niet stil"',
        '"het is stil"',
        [("L402", "het is stil")],
    ),
    "crisis that is missed": (
        SAFETY,
        '"i will kill myself"',
        '"i will kill my day"',
        [("L403", "my day")],
    ),
    "crisis that is none": (SAFETY, '"doodmoe"', '"ik wil dood"', [("L404", '"ik wil dood"]')]),
    "cue without letters": (LEXICON, '"te veel"]', '"te *"]', [("L222", '"te *"')]),
    "ruling without a place": (
        LEXICON,
        "clauses:",
        'ruled_out: { nl: ["geen probleem"] }\nclauses:',
        [("L222", "ruled_out")],
    ),
    "theme offered that is none": (
        LEXICON,
        "clauses:",
        "offered: [clam]\nclauses:",
        [("L223", "offered")],
    ),
    "core word that is no cue": (
        LEXICON,
        "clauses:",
        'core: { nl: ["fiets"] }\nclauses:',
        [("L410", "core")],
    ),
    "feeling that is not heard": (
        LEXICON,
        "clauses:",
        """feelings:
  glad:
    name: { nl: "Blij", en: "Glad" }
    weight: light
    firm: { nl: "Fijn.", en: "Good." }
    soft: { nl: "Wel fijn.", en: "Good, a bit." }
    nl: { words: ["blij"], hits: ["ik ben vrolijk"] }
    en: { words: ["glad"], hits: ["so glad"] }
clauses:""",
        [("L401", "vrolijk")],
    ),
    "crisis cue without letters": (SAFETY, '"kill myself"', '"kill *"', [("L221", '"kill *"')]),
    "pattern of a class that is not there": (
        SAFETY,
        '"<wil> dood"',
        '"<willl> dood"',
        [("L221", '"<willl> dood"')],
    ),
    "command that means two things": (PHRASES, '"terug"', '"STOP!"', [("L406", '"stop"')]),
    "help line of long ago": (
        HELPLINES,
        'verified_on: 2025-01-15\n  sources: ["https://example.org/help"]\n  lines:\n',
        'verified_on: 2024-09-01\n  sources: ["https://example.org/help"]\n  lines:\n',
        [("L407", "2024-09-01")],
    ),
    "help line of a day to come": (
        HELPLINES,
        'verified_on: 2025-01-15\n  sources: ["https://example.org/help"]\n  lines: [',
        'verified_on: 2025-03-02\n  sources: ["https://example.org/help"]\n  lines: [',
        [("L407", "2025-03-02")],
    ),
}

MISTAKES = ROUTES | STEPS | SLOTS | CATALOGUE | STYLE | HEARING


def test_content_in_order_has_no_problems(tmp_path: Path) -> None:
    content.write(tmp_path)

    assert check.run(tmp_path, TODAY) == ()


@pytest.mark.parametrize("name", MISTAKES)
def test_a_planted_mistake_is_told_once_on_its_line_with_a_remedy(
    name: str, tmp_path: Path
) -> None:
    file, old, new, expected = MISTAKES[name]
    content.write(tmp_path)
    content.change(tmp_path, file, old, new)

    problems = check.run(tmp_path, TODAY)

    lines = (tmp_path / file).read_text(encoding="utf-8").splitlines()
    told = [(problem.code, lines[max(problem.line, 1) - 1]) for problem in problems]
    assert [code for code, _ in told] == [code for code, _ in expected], problems
    for (_, line), (_, piece) in zip(told, expected, strict=True):
        assert piece in line
    assert {problem.file for problem in problems} == {file}
    assert all(problem.what and problem.remedy for problem in problems)


def test_a_file_with_many_mistakes_has_all_of_them_told_at_once(tmp_path: Path) -> None:
    content.write(tmp_path)

    problems = check.run_file(BAD, TODAY, tmp_path)

    assert [(problem.line, problem.code) for problem in problems] == [
        (4, "L301"),
        (12, "L106"),
        (13, "L209"),
        (23, "L206"),
        (24, "L201"),
        (27, "L112"),
        (35, "L305"),
        (39, "L110"),
        (39, "L202"),
        (40, "L111"),
        (42, "L204"),
        (52, "L309"),
        (54, "L212"),
    ]
    assert {problem.file for problem in problems} == {str(BAD)}
    assert all(problem.remedy for problem in problems)


def test_a_name_that_is_nearly_right_is_recognised(tmp_path: Path) -> None:
    content.write(tmp_path)

    remedies = {problem.code: problem.remedy for problem in check.run_file(BAD, TODAY, tmp_path)}

    assert remedies["L201"] == "Did you mean `more`?"
    assert remedies["L112"] == "Did you mean `open`?"
    assert remedies["L202"] == "Did you mean `busy`?"
    assert remedies["L111"] == "Did you mean `go`?"
    assert remedies["L212"] == "Did you mean `around`?"


def test_an_edited_copy_takes_the_place_of_the_script_it_came_from(tmp_path: Path) -> None:
    content.write(tmp_path / "content")
    copy = tmp_path / "my_walk.yaml"
    copy.write_text(content.WALK.replace("go: often", "go: oftn"), encoding="utf-8")

    problems = check.run_file(copy, TODAY, tmp_path / "content")

    assert [(problem.file, problem.code) for problem in problems] == [(str(copy), "L201")]


@pytest.mark.parametrize("name", [FRAME, PHRASES, LEXICON, SAFETY, HELPLINES])
def test_a_file_that_is_no_track_is_checked_by_its_name(name: str, tmp_path: Path) -> None:
    content.write(tmp_path / "content")

    assert check.run_file(tmp_path / "content" / name, TODAY, tmp_path / "content") == ()


def test_a_frame_of_another_file_name_is_known_by_its_id(tmp_path: Path) -> None:
    content.write(tmp_path / "content")
    mine = tmp_path / "mine.yaml"
    mine.write_text(content.FRAME, encoding="utf-8")

    assert check.run_file(mine, TODAY, tmp_path / "content") == ()


def test_a_file_that_is_not_there_is_a_problem_and_no_error(tmp_path: Path) -> None:
    content.write(tmp_path / "content")

    problems = check.run_file(tmp_path / "nowhere.yaml", TODAY, tmp_path / "content")

    assert [problem.code for problem in problems] == ["L101"]


def test_two_scripts_of_one_id_need_two_revisions(tmp_path: Path) -> None:
    content.write(tmp_path)
    twin = tmp_path / "tracks" / "3_rest.yaml"
    twin.write_text(content.REST, encoding="utf-8")

    problems = check.run(tmp_path, TODAY)

    assert [(p.file, p.line, p.code) for p in problems] == [("tracks/3_rest.yaml", 1, "L220")]


def test_steps_on_different_branches_may_fill_one_slot(tmp_path: Path) -> None:
    content.write(tmp_path)
    _branch(tmp_path, slot="other", label="Nee")

    assert check.run(tmp_path, TODAY) == ()


def test_steps_of_one_slot_give_an_option_one_label(tmp_path: Path) -> None:
    content.write(tmp_path)
    line = _branch(tmp_path, slot="other", label="Nooit")

    problems = check.run(tmp_path, TODAY)

    assert [(problem.line, problem.code) for problem in problems] == [(line, "L211")]


def test_a_question_may_name_a_number_that_its_only_ways_have_given(tmp_path: Path) -> None:
    content.write(tmp_path)
    content.change(
        tmp_path,
        FRAME,
        '        say: { nl: "Je gaat',
        '        go: low\n        say: { nl: "Je gaat',
    )
    content.change(
        tmp_path,
        FRAME,
        "  keep:\n    kind: choice",
        "  low:\n    kind: open\n"
        '    ask: { nl: "Waarom geen {clarity_after-1}?", en: "What of {clarity_after-1}?" }\n'
        '    options:\n      no: { label: { nl: "Niets", en: "None" } }\n'
        "    go: keep\n\n  keep:\n    kind: choice",
    )

    assert [problem.code for problem in check.run(tmp_path, TODAY)] == ["L305"]


def test_a_long_phrase_may_be_several_short_paragraphs(tmp_path: Path) -> None:
    content.write(tmp_path)
    content.change(tmp_path, PHRASES, '"empty nl"', f'"{LONG * 4}\\n\\n{LONG * 4}"')

    assert check.run(tmp_path, TODAY) == ()


def test_without_a_day_no_help_line_is_too_old(tmp_path: Path) -> None:
    content.write(tmp_path)

    assert check.run(tmp_path) == ()
    assert {problem.code for problem in check.run(tmp_path, date(2026, 1, 1))} == {"L407"}


def test_problems_come_in_the_order_of_files_and_lines(tmp_path: Path) -> None:
    content.write(tmp_path)
    content.change(tmp_path, REST, '"Up you get."', '"Up!"')
    content.change(tmp_path, FRAME, '"I am a program."', '"I am!"')
    content.change(tmp_path, FRAME, '"Until next time."', '"Bye!"')

    problems = check.run(tmp_path, TODAY)

    assert [problem.file for problem in problems] == [FRAME, FRAME, REST]
    assert problems[0].line < problems[1].line


def test_every_code_is_explained_where_writers_look() -> None:
    core = Path(check.__file__).parent
    source = "".join(path.read_text(encoding="utf-8") for path in core.rglob("*.py"))
    table = (core / "README.md").read_text(encoding="utf-8")

    told = set(re.findall(r'"(L[1-5]\d\d)"', source))

    assert told == set(re.findall(r"^\| (L\d\d\d) \|", table, re.MULTILINE))


def _branch(folder: Path, slot: str, label: str) -> int:
    """Two branches after `where`, each with a step of this slot; the line of the later option."""
    steps = "".join(
        f"  {name}:\n    kind: choice\n    slot: {slot}\n"
        f'    ask: {{ nl: "En {name}?", en: "And {name}?" }}\n'
        f"    options:\n"
        f'      no: {{ label: {{ nl: "{said}", en: "No" }} }}\n'
        f'      yes: {{ label: {{ nl: "Ja", en: "Yes" }} }}\n'
        f"    go: often\n\n"
        for name, said in (("wood", "Nee"), ("town", label))
    )
    content.change(folder, WALK, "theme: calm }", "theme: calm, go: wood }")
    content.change(folder, WALK, "theme: busy,", "theme: busy, go: town,")
    line = content.change(folder, WALK, "  often:\n    kind", f"{steps}  often:\n    kind")
    return line + 14
