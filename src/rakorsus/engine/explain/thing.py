"""Is it the same object or the same people: which words say so."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import Any

from rakorsus.engine.explain.records import Answer, Question, Verdict
from rakorsus.engine.marks import shared_words
from rakorsus.engine.records import Text
from rakorsus.engine.sentences import listing
from rakorsus.engine.thesaurus import OBJECT_NAMES, THEME_NAMES

_WORDS = 6
_TITLES = 6


def thing(rows: Sequence[Mapping[str, Any]], evidence: Mapping[str, Any]) -> Answer:
    """The answer for the lines of a finding: objects, outcomes and beneficiaries by name."""
    if len(rows) < 2:
        return _alone(rows)
    objects = _shares(rows, "objects")
    objects.pop("generic", None)
    themes = _shares(rows, "themes")
    if theme := evidence.get("theme"):
        themes[theme] = len(rows)
    people = Counter(" ".join((r["beneficiaries"] or "").lower().split()) for r in rows)
    people.pop("", None)
    parts, counts = [], []
    if len(rows) in objects.values() and not evidence.get("theme"):
        themes.clear()  # the object says it for all lines
    for label, found, names in (
        (Text("objek", "object"), objects, OBJECT_NAMES),
        (Text("tema", "theme"), themes, THEME_NAMES),
    ):
        shared = sorted((c for c in found if found[c] > 1), key=lambda c: (-found[c], c))[:3]
        if shared:
            ids, ens = [names[c].id for c in shared], [names[c].en for c in shared]
            parts.append(Text(f"{label.id} {listing(ids).id}", f"{label.en} {listing(ens).en}"))
            counts.append(max(found[c] for c in shared))
    if people and (most := max(sorted(people), key=lambda p: people[p])) and people[most] > 1:
        parts.append(Text(f"penerima “{most}”", f"beneficiaries “{most}”"))
        counts.append(people[most])
    words = _marked(rows, evidence)
    said = Text(f" Kata yang sama: {words}." if words else "",
                f" Words in common: {words}." if words else "")  # fmt: skip
    if parts:
        joined = Text("; ".join(p.id for p in parts), "; ".join(p.en for p in parts))
        verdict = Verdict.YES if max(counts) == len(rows) else Verdict.PARTLY
        text = Text(f"{joined.id[0].upper()}{joined.id[1:]}.{said.id}",
                    f"{joined.en[0].upper()}{joined.en[1:]}.{said.en}")  # fmt: skip
        grade = Text(f"{max(counts)} dari {len(rows)} baris", f"{max(counts)} of {len(rows)} lines")
        return Answer(Question.THING, verdict, text, grade)
    if works := evidence.get("works"):
        own = Text(listing([w["id"] for w in works]).id, listing([w["en"] for w in works]).en)
        return Answer(
            Question.THING, Verdict.NO,
            Text(f"Pekerjaan berbeda yang saling mengganggu: {own.id}.{said.id}",
                 f"Different works that affect each other: {own.en}.{said.en}"),
        )  # fmt: skip
    return _unlike(rows, words, said)


def _unlike(rows: Sequence[Mapping[str, Any]], words: str, said: Text) -> Answer:
    """No object, outcome or beneficiaries in common: unknown when a title says too little."""
    vague = sum(not set(r["objects"]) - {"generic"} for r in rows)
    if vague:
        text = Text(
            f"{vague} dari {len(rows)} judul tidak menyebut objeknya.{said.id}",
            f"{vague} of {len(rows)} titles do not name their object.{said.en}",
        )
        return Answer(Question.THING, Verdict.PARTLY if words else Verdict.UNKNOWN, text)
    own = sorted({OBJECT_NAMES[o] for r in rows for o in r["objects"] if o != "generic"},
                 key=lambda n: n.id)  # fmt: skip
    names = Text(listing([n.id for n in own]).id, listing([n.en for n in own]).en)
    text = Text(
        f"Objeknya berbeda: {names.id}.{said.id}", f"Different objects: {names.en}.{said.en}"
    )
    return Answer(Question.THING, Verdict.NO, text)


def _alone(rows: Sequence[Mapping[str, Any]]) -> Answer:
    names = [OBJECT_NAMES[o] for r in rows for o in r["objects"] if o != "generic"]
    if not names:
        text = Text("Temuan ini tidak memperbandingkan objek.", "This finding compares no objects.")
    else:
        text = Text(f"Satu baris: {listing([n.id for n in names]).id}.",
                    f"One line: {listing([n.en for n in names]).en}.")  # fmt: skip
    return Answer(Question.THING, Verdict.NONE, text)


def _shares(rows: Sequence[Mapping[str, Any]], column: str) -> Counter[str]:
    return Counter(code for r in rows for code in set(r[column]))


def _marked(rows: Sequence[Mapping[str, Any]], evidence: Mapping[str, Any]) -> str:
    """The words that the marks of the first title show, as written."""
    words = evidence.get("words") or shared_words([(r["key"], r["title"]) for r in rows[:_TITLES]])
    marked = next((w for w in words if w["marks"]), None)
    if marked is None:
        return ""
    shown = [marked["text"][start:end] for start, end in marked["marks"][:_WORDS]]
    return ", ".join(f"“{words}”" for words in shown)
