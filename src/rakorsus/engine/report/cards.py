"""One finding as a card: why, the programs side by side with marked words, ways out."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from html import escape
from typing import Any

from rakorsus.engine.explain.words import PLACE_GRADES
from rakorsus.engine.records import DateGrade, Finding, PlaceGrade, ProgramRef, Text
from rakorsus.engine.report.labels import KINDS, SEVERITIES
from rakorsus.engine.report.markup import both, marked, money, say, when

_SIDES = 4


def card(number: int, finding: Finding, names: Mapping[str, str], areas: Mapping[str, str]) -> str:
    """The card of one finding; `names` of agencies and `areas` of regions by code."""
    level = finding.severity
    sides = [_side(p, finding, names) for p in _ordered(finding)]
    more = ""
    if len(sides) > _SIDES:
        rest = len(sides) - _SIDES
        more = (
            f"<details><summary>{say(f'{rest} program lainnya', f'{rest} more programs')}"
            f'</summary><div class="sides">{"".join(sides[_SIDES:])}</div></details>'
        )
    places = ", ".join(escape(areas.get(c, c)) for c in finding.places[:4])
    if len(finding.places) > 4:
        places += f" +{len(finding.places) - 4}"
    options = "".join(f"<li>{both(o.text)}</li>" for o in finding.options)
    return f"""
<article class="finding {level.value}" id="t-{finding.id}">
<div class="facts"><span class="badge">{both(KINDS[finding.kind])}</span>
<span class="level {level.value}">{both(SEVERITIES[level])}</span>
<span>{money(finding.money)} {say("dipertaruhkan", "at stake")}</span>
{f"<span>{places}</span>" if places else ""}
<span>{say("keyakinan", "certainty")} {round(finding.sure * 100)}%</span>
<span><code>{finding.id}</code></span></div>
<h3>{number}. {_heading(finding, names)}</h3>
<p class="reason">{both(finding.reasons)}</p>
{_answers(finding)}<div class="sides">{"".join(sides[:_SIDES])}</div>{more}
{f'<ul class="options">{options}</ul>' if options else ""}
</article>"""


def _answers(finding: Finding) -> str:
    """The five answers as a small table; nothing for a finding without them."""
    rows = []
    for answer in finding.evidence.get("answers", ()):
        grade = ""
        if answer["grade"]:
            words = both(Text(**answer["grade"]))
            said = f"{say('Sumber:', 'Source:')} {words}"
            shown = said if answer["question"] == "rule" else f"({words})"
            grade = f' <span class="soft">{shown}</span>'
        rows.append(
            f'<tr><th scope="row">{both(Text(**answer["ask"]))}</th>'
            f'<td class="said {answer["verdict"]}">{both(Text(**answer["said"]))}</td>'
            f"<td>{both(Text(**answer['text']))}{grade}</td></tr>"
        )
    return f'<table class="answers">{"".join(rows)}</table>' if rows else ""


def _ordered(finding: Finding) -> list[ProgramRef]:
    """Programs as a reader compares them: pairs together, else one of each agency first."""
    by_key = {p.key: p for p in finding.programs}
    paired = [by_key[k] for entries in finding.evidence.get("entries", ()) for k in entries]
    if paired:
        return paired
    turn: Counter[str] = Counter()
    placed = []
    for program in sorted(finding.programs, key=lambda p: (-p.budget, p.key)):
        placed.append((turn[program.agency], program.agency, program))
        turn[program.agency] += 1
    return [program for _, _, program in sorted(placed, key=lambda t: t[:2])]


def _heading(finding: Finding, names: Mapping[str, str]) -> str:
    shown = [escape(names.get(a, a)) for a in finding.agencies[:3]]
    more = len(finding.agencies) - 3
    return " × ".join(shown) + (f" +{more}" if more > 0 else "")


def _side(program: ProgramRef, finding: Finding, names: Mapping[str, str]) -> str:
    spans = _spans(finding.evidence, program.key)
    place = _of(finding.evidence, "places", program.key)
    dates = _of(finding.evidence, "dates", program.key)
    rows = [f"<dt>{say('Nilai', 'Amount')}</dt><dd>{money(program.budget)}</dd>"]
    if dates and dates["grade"] > DateGrade.NONE:
        rows.append(f"<dt>{say('Waktu', 'When')}</dt><dd>{when(dates['start'], dates['end'])}</dd>")
    if place and place["text"] and place["grade"] > PlaceGrade.NONE:
        grade = both(PLACE_GRADES[PlaceGrade(place["grade"])])
        rows.append(
            f"<dt>{say('Lokasi', 'Where')}</dt><dd>{escape(place['text'])} "
            f'<span class="soft">({grade})</span></dd>'
        )
    rows.append(f"<dt>{say('Sumber', 'Source')}</dt><dd><code>{escape(program.key)}</code></dd>")
    return (
        f'<div class="side"><div class="who">{escape(names.get(program.agency, program.agency))}'
        f'</div><div class="title">{marked(program.title, spans)}</div>'
        f"<dl>{''.join(rows)}</dl></div>"
    )


def _spans(evidence: Mapping[str, Any], key: str) -> list[list[int]]:
    return next((w["marks"] for w in evidence.get("words", ()) if w["key"] == key), [])


def _of(evidence: Mapping[str, Any], part: str, key: str) -> dict[str, Any] | None:
    return next((e for e in evidence.get(part, ()) if e["key"] == key), None)
