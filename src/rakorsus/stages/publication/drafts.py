"""The first draft of an article, written from the record alone.

What the record does not say is left out: no adjectives, no quotes, no names of persons. Whoever
writes the article adds and changes words; the facts stay those of the record.
"""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import date, datetime
from textwrap import shorten
from typing import Any, Final

from django.core.exceptions import ValidationError
from django.utils import formats, timezone, translation
from django.utils.translation import gettext as _

from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.findings.models import Finding
from rakorsus.stages.meeting.models import AgendaItem, Meeting, Participant, Resolution
from rakorsus.stages.meeting.queries import minutes
from rakorsus.stages.publication.queries import classes
from rakorsus.stages.publication.queries.masking import Masker

_WORDS = (
    "nol", "satu", "dua", "tiga", "empat", "lima", "enam", "tujuh", "delapan", "sembilan",
    "sepuluh", "sebelas",
)  # fmt: skip

HEADING: Final = 110
#: The end of a sentence, not of an abbreviation such as Kel. or Jl.
_SENTENCE: Final = re.compile(r"(?<=[a-z0-9)]{3})\.\s+(?=[A-Z])")
_SUM: Final = re.compile(r",? (?:seluruhnya|senilai) Rp[\d.,]+(?: (?:ribu|juta|miliar|triliun))?")


@dataclass
class Draft:
    """What a draft proposes."""

    headline: str
    lead: str
    body: str
    facts: dict[str, Any]
    tags: list[str] = field(default_factory=list)
    agencies: list[str] = field(default_factory=list)
    places: list[str] = field(default_factory=list)


def of_meeting(meeting: Meeting) -> Draft:
    """From the signed minutes where there are any, otherwise from the record as it stands."""
    with translation.override("id"):
        facts = facts_of(meeting)
        held = any(row["present"] for row in facts["attendance"]) or facts["decisions"]
        words = _held(meeting, facts) if held else _announced(meeting, facts)
        return Draft(
            *words, facts=facts, tags=[_kind(meeting).lower()],
            agencies=sorted({code for d in facts["decisions"] for code in d["agencies"]})[:12],
            places=sorted({code for d in facts["decisions"] for code in d["places"]})[:12],
        )  # fmt: skip


def of_decision(decision: Decision) -> Draft:
    """From one decision that was taken."""
    if decision.state not in (Decision.State.TAKEN, Decision.State.REPLACED):
        raise ValidationError(_("Keputusan ini belum diambil."))
    with translation.override("id"):
        masker = Masker.of([decision.finding_id] if decision.finding_id else [])
        lines = [pk for pk in decision.changes.values_list("program", flat=True) if pk]
        covered = bool(classes.hidden_among(lines))

        def said(text: str) -> str:
            if covered and decision.finding_id not in masker.secret:
                return masker.generic()
            return masker.text(decision.finding_id, text)

        at = timezone.localtime(decision.decided_at).isoformat()
        owner = decision.owner
        agencies = masker.agencies(decision.finding_id) + ([owner.code] if owner else [])
        until = f" paling lambat {_date(decision.due)}" if decision.due else ""
        who = f" Penanggung jawab: {decision.owner_post or owner.name}{until}." if owner else ""
        place = f" dalam {decision.meeting.title}" if decision.meeting else ""
        facts = {
            "title": said(decision.title), "starts": at, "ends": "",
            "place": decision.meeting.place if decision.meeting else "", "signed": "",
            "attendance": [], "sessions": [], "desks": 0,
            "decisions": [{"title": said(decision.title), "text": said(decision.text),
                           "agencies": sorted(set(agencies)), "by": "plenary",
                           "places": masker.places(decision.finding_id)}],
        }  # fmt: skip
        return Draft(
            said(heading(decision.title)),
            f"{decision.label} ditetapkan {_day(at)}{place}.{who}"[:600], "", facts,
            tags=["keputusan"], agencies=sorted(set(agencies)),
            places=masker.places(decision.finding_id),
        )  # fmt: skip


def heading(text: str) -> str:
    """A desk's or decision's title as a heading: its first sentence without the sum, at most
    HEADING characters, cut between words."""
    first = _SENTENCE.split(" ".join(text.split()), 1)[0].rstrip(".")
    return shorten(_SUM.sub("", first), HEADING, placeholder=" …")


def _short(findings: Collection[int | None]) -> dict[int | None, str]:
    """Kind and place of each finding that has one: for a title that a heading has no room for."""
    rows = Finding.objects.filter(pk__in={pk for pk in findings if pk}).exclude(place="")
    return {f.pk: f"{f.get_kind_display()}: {f.place}" for f in rows.only("pk", "kind", "place")}


def facts_of(meeting: Meeting) -> dict[str, Any]:
    """Attendance by group, sessions, decisions: as the record has them, masked for the public."""
    signed = getattr(meeting, "minutes", None)
    content = signed.content if signed else minutes.content(meeting)
    masker = Masker.of_meeting(meeting)
    items = [row for row in content["items"] if row["outcome"]]
    by_item = dict(
        AgendaItem.objects.filter(session__meeting=meeting).values_list("pk", "finding_id")
    )
    adopted = [row for row in content["decisions"] if row["state"] == Resolution.State.ADOPTED]
    about = _short({*by_item.values(), *(row["finding"] for row in adopted)})

    def title(finding: int | None, said: str) -> str:
        whole = heading(said)
        return masker.text(finding, about.get(finding, whole) if whole.endswith("…") else whole)

    decisions = [
        {
            "title": title(row["finding"], row["title"]),
            "text": masker.text(row["finding"], row["text"]),
            "agencies": masker.agencies(row["finding"]), "places": masker.places(row["finding"]),
            "by": "plenary",
        }
        for row in adopted
    ]  # fmt: skip
    decisions += [
        {
            "title": title(by_item.get(row["item"]), row["title"]),
            "text": masker.text(by_item.get(row["item"]), row["outcome"]["text"]),
            "agencies": masker.agencies(by_item.get(row["item"])),
            "places": masker.places(by_item.get(row["item"])), "by": "desk",
        }
        for row in items
        if row["outcome"]["kind"] != "escalate"
    ]  # fmt: skip
    attendance = [
        {"group": row["group"], "label": minutes.group_label(row["group"]),
         "invited": row["invited"], "present": row["present"]}
        for row in content["attendance"]
    ]  # fmt: skip
    return {
        "title": content["title"], "starts": content["starts"], "ends": content["ends"],
        "place": content["place"], "signed": signed.digest if signed else "",
        "attendance": sorted(attendance, key=lambda r: _ORDER.index(r["group"])),
        "sessions": _sessions(meeting), "decisions": decisions,
        "desks": sum(1 for pk in by_item.values() if pk),
    }  # fmt: skip


_ORDER = list(Participant.Group.values)


def _sessions(meeting: Meeting) -> list[dict[str, Any]]:
    return [
        {"title": s.title, "starts": timezone.localtime(s.starts).isoformat(),
         "ends": timezone.localtime(s.ends).isoformat(), "note": s.note}
        for s in meeting.sessions.all()
    ]  # fmt: skip


def _kind(meeting: Meeting) -> str:
    return str(Meeting.Type(meeting.type).label)


def _held(meeting: Meeting, facts: dict[str, Any]) -> tuple[str, str, str]:
    decisions = facts["decisions"]
    present = sum(row["present"] for row in facts["attendance"])
    invited = sum(row["invited"] for row in facts["attendance"])
    plenary = [d for d in decisions if d["by"] == "plenary"]
    desks = [d for d in decisions if d["by"] == "desk"]
    if plenary and desks:
        headline = (
            f"{_kind(meeting)} menetapkan {_count(len(plenary))} keputusan, "
            f"{_count(len(desks))} perkara selesai di meja sinkronisasi"
        )
    elif decisions:
        headline = f"{_kind(meeting)} menghasilkan {_count(len(decisions))} keputusan"
    else:
        headline = f"{meeting.title} berlangsung"
    came = f" Hadir {present} dari {invited} undangan." if present else ""
    lead = (
        f"{facts['title']} berlangsung {_day(facts['starts'])} di {facts['place']}.{came}"
        f"{_outcome_words(plenary, desks)}"
    )
    return headline[:160], lead[:600], _body(facts)


def _outcome_words(plenary: list[Any], desks: list[Any]) -> str:
    if plenary and desks:
        return (
            f" Pleno menetapkan {_count(len(plenary))} keputusan dan {_count(len(desks))} perkara "
            "antarperangkat daerah selesai di meja sinkronisasi."
        )
    if plenary:
        return f" Pleno menetapkan {_count(len(plenary))} keputusan."
    if desks:
        return f" {_count(len(desks)).capitalize()} perkara selesai di meja sinkronisasi."
    return ""


def _announced(meeting: Meeting, facts: dict[str, Any]) -> tuple[str, str, str]:
    desks = facts["desks"]
    about = f", {_count(desks)} perkara dibahas di meja sinkronisasi" if desks else ""
    headline = f"{_kind(meeting)} digelar {_short_day(facts['starts'])}{about}"
    invited = sum(row["invited"] for row in facts["attendance"])
    asked = f" Daftar undangan memuat {invited} pihak." if invited else ""
    lead = (
        f"{facts['title']} akan berlangsung {_day(facts['starts'])} di {facts['place']}, mulai "
        f"pukul {_time(facts['starts'])} WITA.{asked}"
    )
    return headline[:160], lead[:600], _body(facts)


def _body(facts: dict[str, Any]) -> str:
    """Sessions in order; then each decision that is not only in the table."""
    parts = []
    if facts["sessions"]:
        parts.append("## Susunan acara")
        parts += [
            f"Pukul {_time(s['starts'])}–{_time(s['ends'])} WITA: {s['title']}."
            + (f" {s['note']}" if s["note"] else "")
            for s in facts["sessions"]
        ]
    return "\n\n".join(parts)


def _count(number: int) -> str:
    return _WORDS[number] if number < len(_WORDS) else str(number)


def _moment(text: str) -> datetime:
    return timezone.localtime(datetime.fromisoformat(text))


def _day(text: str) -> str:
    return formats.date_format(_moment(text), "l, j F Y")


def _date(value: date) -> str:
    return formats.date_format(value, "j F Y")


def _short_day(text: str) -> str:
    return formats.date_format(_moment(text), "j F Y")


def _time(text: str) -> str:
    return f"{_moment(text):%H.%M}"
