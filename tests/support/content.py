"""The smallest content that is in order: a frame, two short tracks, phrases, and words to hear."""

from __future__ import annotations

import json
import tempfile
from functools import cache
from importlib import resources
from pathlib import Path
from typing import TYPE_CHECKING, get_args

from conversations import library
from conversations.organisation import FACTS, Organisation
from conversations.ownphrases import LockPhrases, MyDataPhrases, SavePhrases
from conversations.phrases import Command, Labels, Phrases
from conversations.placephrases import HomePhrases, SurfacePhrases
from conversations.replyphrases import ReplyPhrases
from conversations.safety import weights
from conversations.safety.cards import Care, CareLabels
from conversations.safety.classifier import KINDS, LEVELS, Weights

if TYPE_CHECKING:
    from conversations.scripts import Scripts

FRAME = """\
id: frame
revision: 1
reviewed: { by: "", on: "" }
start: promise
tracks: doors
summary: summary
again: welcome
steps:
  promise:
    kind: promise
    say: [{ nl: "Ik ben een programma.", en: "I am a program." }]
    operator:
      bureau: { nl: "Een bureau beheert dit.", en: "A bureau runs this." }
      employer: { nl: "Je werkgever beheert dit.", en: "Your employer runs this." }
      self: { nl: "Je beheert dit zelf.", en: "You run this yourself." }
    ask: { nl: "Wil je beginnen?", en: "Do you want to begin?" }
    start: { nl: "Beginnen", en: "Begin" }
    go: clarity_before

  welcome:
    kind: choice
    ask: { nl: "Wil je weer een gesprek?", en: "Do you want another talk?" }
    options:
      anew: { label: { nl: "Ja, opnieuw", en: "Yes, once more" } }
      later: { label: { nl: "Nu niet", en: "Not now" }, go: end }
    go: clarity_before

  clarity_before:
    kind: scale
    slot: clarity_before
    ask: { nl: "Hoe helder is het nu?", en: "How clear is it now?" }
    ends: [{ nl: "Mist", en: "Fog" }, { nl: "Helder", en: "Clear" }]
    go: doors

  doors:
    kind: tracks
    ask: { nl: "Waar wil je het over hebben?", en: "What do you want to talk about?" }
    go: clarity_after

  summary:
    kind: summary
    ask: { nl: "Klopt dit zo?", en: "Is this right?" }
    empty: { nl: "Je schreef nog niets op.", en: "You have not written anything yet." }
    options:
      right: { label: { nl: "Ja", en: "Yes" } }
      other: { label: { nl: "Ander gesprek", en: "Another talk" }, go: tracks }
    go: clarity_after

  clarity_after:
    kind: scale
    slot: clarity_after
    ask: { nl: "Hoe helder is het nu?", en: "How clear is it now?" }
    ends: [{ nl: "Mist", en: "Fog" }, { nl: "Helder", en: "Clear" }]
    bands:
      - up_to: 4
        say: { nl: "Je gaat van {clarity_before} naar {clarity_after}.",
               en: "You went from {clarity_before} to {clarity_after}." }
      - up_to: 10
    go: small_step

  small_step:
    kind: open
    slot: small_step
    ask: { nl: "Welke kleine stap wil je zetten?", en: "Which small step do you want to take?" }
    options:
      none: { label: { nl: "Nu niets", en: "Nothing now" } }
    go: keep

  keep:
    kind: choice
    ask: { nl: "Wil je dit bewaren?", en: "Do you want to keep this?" }
    options:
      keep: { label: { nl: "Bewaren", en: "Keep it" }, do: keep }
      wipe: { label: { nl: "Wissen", en: "Wipe it" }, do: wipe,
              say: { nl: "Alles is gewist.", en: "Everything is erased." } }
    go: end

  end:
    kind: close
    say: { nl: "Tot een volgende keer.", en: "Until next time." }
"""

WALK = """\
id: walk
revision: 1
title: { nl: "Een wandeling", en: "A walk" }
door: { nl: "Wandelen", en: "Walk" }
reviewed: { by: "", on: "" }
start: where
steps:
  where:
    kind: choice
    slot: where
    say: [{ nl: "Je mag alles overslaan.", en: "You may skip anything." }]
    ask: { nl: "Waar loop je het liefst?", en: "Where do you like to walk?" }
    own_words: true
    options:
      wood: { label: { nl: "In het bos", en: "In the wood" }, theme: calm }
      town: { label: { nl: "In de stad", en: "In town" }, theme: busy,
              say: { nl: "Daar is altijd wat te zien.", en: "There is always a lot to see." } }
      rest: { label: { nl: "Liever zitten", en: "I would rather sit" }, go: "track:rest" }
    go: often

  often:
    kind: scale
    slot: often
    ask: { nl: "Hoe vaak loop je?", en: "How often do you walk?" }
    ends: [{ nl: "Nooit", en: "Never" }, { nl: "Elke dag", en: "Every day" }]
    bands:
      - up_to: 3
        go: hinder
      - up_to: 10
        say: { nl: "Je koos een {often}.", en: "You chose {often}." }
        go: { by_theme: { calm: seen }, otherwise: hinder }
    go: seen

  hinder:
    kind: open
    slot: hinder
    ask: { nl: "Wat houdt je binnen?", en: "What keeps you in?" }
    options:
      rain: { label: { nl: "De regen", en: "The rain" } }
      unsure: { label: { nl: "Weet ik niet", en: "Not sure" } }
    heard:
      busy: { nl: "Het zit dus in de drukte.", en: "So it is the rush." }
    probes:
      - ask: { nl: "Wanneer is het rustig?", en: "When is it calm?" }
        themes: [busy]
      - ask: { nl: "Kun je er iets meer over zeggen?", en: "Can you say a little more?" }
        when_short: true
    go: seen

  seen:
    kind: open
    slot: seen
    listen: false
    ask: { nl: "Wat zag je onderweg?", en: "What did you see on the way?" }
    options:
      nothing: { label: { nl: "Niets", en: "Nothing" }, go: tracks }
      much: { label: { nl: "Van alles", en: "All sorts" } }
    go: done

  done:
    kind: close
    say: { nl: "Dat was de wandeling.", en: "That was the walk." }
    summary:
      - { label: { nl: "Plek", en: "Place" }, slot: where }
      - { label: { nl: "Binnen door", en: "Kept in by" }, slot: hinder }
      - { label: { nl: "Gezien", en: "Seen" }, slot: seen }
"""

REST = """\
id: rest
revision: 2
title: { nl: "Even zitten", en: "Sitting down" }
door: { nl: "Zitten", en: "Sit" }
start: bench
steps:
  bench:
    kind: open
    slot: bench
    ask: { nl: "Wat hoor je nu?", en: "What do you hear now?" }
    options:
      birds: { label: { nl: "Vogels", en: "Birds" } }
    go: up

  up:
    kind: close
    say: { nl: "Sta maar weer op.", en: "Up you get." }
    summary: [{ label: { nl: "Gehoord", en: "Heard" }, slot: bench }]
reviewed: { by: "", on: "" }
"""

LEXICON = """\
themes:
  calm:
    name: { nl: "Rust", en: "Calm" }
    nl: { words: ["rust*", "stil"], hits: ["ik wil rust"], misses: ["het is niet stil"] }
    en: { words: ["calm", "quiet*"], hits: ["a quiet day"], misses: ["never calm"] }
  busy:
    name: { nl: "Drukte", en: "Rush" }
    nl: { words: ["druk*", "te veel"], hits: ["het is zo druk hier"] }
    en: { words: ["busy", "rush*"], hits: ["such a busy week"] }
negations: { nl: ["niet", "geen"], en: ["not", "never"] }
clauses: { nl: ["maar", "want"], en: ["but", "because"] }
idioms: { nl: ["geen rust of duur"], en: ["rush hour"] }
"""

SAFETY = """\
nl:
  words: { ik: "ik", wil: "wil, wilde" }
  harmless: ["dood van het lachen"]
  listen:
    L2: [{ say: ["<wil> dood", "er niet meer zijn"] }]
    L1: [{ say: ["<ik> kan niet meer $"], unless: ["baan"] }]
    harassment: [{ say: ["gepest"] }]
    burnout: [{ say: ["slaap niet"], also: ["maanden"] }]
  hits: { L2: ["ik wil er niet meer zijn", "ik wil dood"], L1: ["ik kan niet meer"] }
  misses: ["ik wil dood van het lachen omvallen", "doodmoe"]
en:
  typos: "myself"
  context: { soon: ["tonight"], others: ["she says"], laughter: ["haha"] }
  listen:
    L2: [{ say: ["end my life", "kill myself"] }]
    harm_other: [{ say: ["kill him"] }]
    addiction: [{ say: ["drink too much"] }]
    dismissal: [{ say: ["was fired"] }]
    wrongdoing: [{ say: ["fraud"] }]
  hits: { L2: ["i want to end my life", "i will kill myself"], L3: ["i will end my life tonight"] }
  misses: ["this deadline is killing me"]
"""

HELPLINES = """\
NL:
  name: { nl: "Nederland", en: "The Netherlands" }
  emergency: "112"
  verified_on: 2025-01-15
  sources: ["https://example.org/help"]
  lines:
    - name: { nl: "Iemand die luistert", en: "Someone who listens" }
      call: "000 0000"
      web: "example.org"
      note: { nl: "dag en nacht", en: "day and night" }
      urgent: true
    - name: { nl: "Iemand van hier", en: "Someone from here" }
      call: "000 0002"
BE:
  name: { nl: "België", en: "Belgium" }
  emergency: "112"
  verified_on: 2025-01-15
  sources: ["https://example.org/help"]
  lines: [{ name: { nl: "Een ander", en: "Another" }, call: "000 0001" }]
"""

FAQ = """\
person:
  nl: { words: ["ben je een mens"], hits: ["ben je een mens?"], misses: ["ik ben een mens"] }
  en: { words: ["are you a person"], hits: ["are you a person?"] }
  answer:
    - { nl: "Nee, een programma.", en: "No, a program." }
  operator:
    bureau: { nl: "Van een bureau.", en: "Of a bureau." }
    employer: { nl: "Van je werkgever.", en: "Of your employer." }
    self: { nl: "Van jezelf.", en: "Of yourself." }
"""

COMMANDS = {
    "hello": ("hallo", "hi"),
    "skip": ("sla over", "skip"),
    "back": ("terug", "back"),
    "stop": ("stop", "stop"),
    "help": ("hulp", "help"),
    "about": ("wie ben je", "about"),
    "language": ("taal", "language"),
    "forget": ("vergeet mij", "forget me"),
    "yes": ("ja", "yes"),
    "no": ("nee", "no"),
    "mydata": ("mijn gegevens", "my data"),
    "save": ("bewaar als bestand", "save as file"),
    "lock": ("slot erop", "lock it"),
    "unlock": ("open mijn slot", "unlock it"),
    "desk": ("ik ben coach", "i am a coach"),
}

FILES = {
    "frame.yaml": FRAME,
    "lexicon.yaml": LEXICON,
    "safety.yaml": SAFETY,
    "helplines.yaml": HELPLINES,
    "faq.yaml": FAQ,
    "tracks/1_walk.yaml": WALK,
    "tracks/2_rest.yaml": REST,
}


def write(folder: Path) -> Path:
    """Write the whole content into `folder`, which is made if need be; gives the folder back."""
    (folder / "tracks").mkdir(parents=True, exist_ok=True)
    for name, words in FILES.items():
        (folder / name).write_text(words, encoding="utf-8")
    (folder / "phrases.yaml").write_text(_phrases(), encoding="utf-8")
    (folder / "weights.tsv").write_text(NOTHING_LEARNT, encoding="utf-8")
    for name in ("coach.yaml", "desk.yaml"):
        packaged = resources.files("conversations") / "content" / name
        (folder / name).write_text(packaged.read_text(encoding="utf-8"), encoding="utf-8")
    (folder / "care.yaml").write_text(_care(), encoding="utf-8")
    return folder


NOTHING_LEARNT = weights.text(Weights((0,) * len(KINDS), {level: 1 for _, level in LEVELS}, {}))
"""Weights under which no word weighs anything."""


def change(folder: Path, file: str, old: str, new: str) -> int:
    """Replace `old`, which stands in the file exactly once; the line on which it begins."""
    path = folder / file
    words = path.read_text(encoding="utf-8")
    if words.count(old) != 1:
        raise LookupError(old)
    path.write_text(words.replace(old, new), encoding="utf-8")
    return words.count("\n", 0, words.index(old)) + 1


@cache
def packaged() -> Scripts:
    """The content that is packaged with the program, loaded once."""
    return library.load()


@cache
def scripts() -> Scripts:
    """The content, loaded."""
    with tempfile.TemporaryDirectory() as folder:
        return library.load(write(Path(folder))).of(Organisation("example", "bureau"))


def _phrases() -> str:
    """Every phrase as its own name in either language; JSON, which is YAML as well."""
    value: dict[str, object] = {name: _text(name) for name in Phrases.model_fields}
    value |= {name: [_text(name)] for name in ("about", "help_intro", "crisis_intro")}
    value["labels"] = {name: _text(name) for name in Labels.model_fields}
    parts = (
        ("mydata", MyDataPhrases),
        ("lock", LockPhrases),
        ("save", SavePhrases),
        ("surfaces", SurfacePhrases),
        ("home", HomePhrases),
    )
    for name, own in parts:
        value[name] = {part: _text(f"{name}_{part}") for part in own.model_fields}
    value["lock"] = {**value["lock"], "offer": [_text("lock_offer")]}  # type: ignore[dict-item]
    value["home"] = {**value["home"], "what": [_text("home_what")]}  # type: ignore[dict-item]
    signs = {sign: _text(sign) for sign in ("asked", "stuck", "soon")}
    value["mydata"] = {**value["mydata"], "signs": signs}  # type: ignore[dict-item]
    value["replies"] = {part: _text(part) for part in ReplyPhrases.model_fields} | {
        part: {"nl": f"{part} nl?", "en": f"{part} en?"}
        for part in ("more", "part", "about", "buttons")
    }
    value["changes"] = {kind: _text(f"changed_{kind}") for kind in FACTS}
    value["about_operator"] = {name: _text(name) for name in ("bureau", "employer", "self")}
    value["commands"] = {
        name: {"nl": [COMMANDS[name][0]], "en": [COMMANDS[name][1]]} for name in get_args(Command)
    }
    return json.dumps(value, indent=1)


def _care() -> str:
    """Every text about safety as its own name in either language."""
    several = ("harassment", "burnout", "addiction", "dismissal", "wrongdoing", "message", "quiet")
    value: dict[str, object] = {name: _text(name) for name in Care.model_fields}
    value |= {name: [_text(name)] for name in several}
    value["labels"] = {name: _text(f"care_{name}") for name in CareLabels.model_fields}
    return json.dumps(value, indent=1)


def _text(name: str) -> dict[str, str]:
    name = name.replace("unlock", "open_lock")  # "unlock" is not our tone
    return {"nl": f"{name} nl", "en": f"{name} en"}
