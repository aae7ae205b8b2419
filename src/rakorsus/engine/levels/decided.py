"""Decisions that the documents loaded after them do not hold."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from itertools import groupby
from typing import Any, Final

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.draft import finding_id, severity_of
from rakorsus.engine.explain.answers import rule as rule_answer
from rakorsus.engine.explain.records import Explanation
from rakorsus.engine.ranking import weight
from rakorsus.engine.records import Finding, FindingKind, Option, ProgramRef, Text
from rakorsus.engine.sentences import day, join, listing, quoted, rupiah

RULE: Final = "mismatch.decision"
_NAMES: Final = {
    "budget": Text("pagu", "amount"),
    "start": Text("mulai", "begin"),
    "end": Text("selesai", "end"),
    "tender_start": Text("pemilihan mulai", "selection begins"),
    "tender_end": Text("pemilihan selesai", "selection ends"),
    "status": Text("keadaan", "state"),
    "title": Text("nama", "title"),
    "places": Text("lokasi", "place"),
    "volume": Text("volume", "volume"),
    "owner": Text("penanggung jawab", "post in charge"),
    "tags": Text("tema", "themes"),
}
_STATES: Final = {
    "cancelled": Text("dibatalkan", "cancelled"),
    "planned": Text("direncanakan", "planned"),
    "announced": Text("diumumkan", "announced"),
    "contracted": Text("berkontrak", "contracted"),
    "failed": Text("gagal", "failed"),
    "done": Text("selesai", "done"),
}
_NOTHING: Final = Text("tidak diisi", "nothing")
_MOST: Final = 3


def undone(decided: pl.DataFrame, names: Mapping[str, str] | None = None) -> tuple[Finding, ...]:
    """One finding for each line whose newest document does not say what was decided.

    Args:
        decided: schema.DECIDED, one row for each field that differs.
        names: names of agencies by code, for the sentences.
    """
    rows = schema.conform(decided, schema.DECIDED).sort("key", "field").to_dicts()
    groups = groupby(rows, key=lambda row: row["key"])
    found = [_finding(key, list(some), names or {}) for key, some in groups]
    return tuple(replace(f, score=round(weight(f), 4)) for f in found)


def _finding(key: str, rows: Sequence[Mapping[str, Any]], names: Mapping[str, str]) -> Finding:
    first = rows[0]
    labels = listing(sorted({row["label"] for row in rows}))
    line = quoted(first["title"], 90)
    document = first["document"] or "–"
    agency = names.get(first["agency"], first["agency"])
    if first["field"] == "*":
        say = Text(
            f"{labels.id} menambahkan {line} pada {agency}, tetapi {document} belum memuatnya.",
            f"{labels.en} added {line} to {agency}, but {document} does not have it.",
        )
    elif first["gone"]:
        say = Text(
            f"{labels.id} mengubah {line} ({agency}), tetapi {document} tidak memuat baris ini "
            "lagi.",
            f"{labels.en} changed {line} ({agency}), but {document} has no such line any more.",
        )
    else:
        said = listing([_said(row).id for row in rows], _MOST)
        said_en = listing([_said(row).en for row in rows], _MOST)
        say = Text(
            f"{labels.id} belum masuk {document} untuk {line} ({agency}): {said.id}.",
            f"{labels.en} is not in {document} for {line} ({agency}): {said_en.en}.",
        )
    keep = Text("Register tetap memakai isi keputusan.", "The register keeps to the decision.")
    made = Finding(
        id=finding_id(FindingKind.MISMATCH, [key, RULE]), kind=FindingKind.MISMATCH, score=0.85,
        sure=1.0, severity=severity_of(0.85),
        programs=(ProgramRef(first["source"], first["id"], first["agency"], first["title"],
                             first["money"] or 0),),
        agencies=(first["agency"],), places=(), period=(first["start"], first["end"]),
        money=first["money"] or 0, reasons=join(say, keep),
        options=(
            Option("correct", Text("Betulkan dokumennya lalu muat ulang.",
                                   "Correct the document and load it again.")),
            Option("decide", Text("Ubah keputusannya dengan keputusan baru.",
                                  "Change the decision by a new one.")),
        ),
        evidence={
            "answers": Explanation((rule_answer(RULE),)).as_list(),
            "differences": [
                {"key": key, "field": row["field"], "decided": row["decided"],
                 "said": row["said"], "words": _said(row).as_dict()}
                for row in rows
            ],
        },
        rule=RULE,
    )  # fmt: skip
    return replace(made, severity=severity_of(weight(made)))


def _said(row: Mapping[str, Any]) -> Text:
    name = _NAMES.get(row["field"], Text(row["field"], row["field"]))
    decided, said = _shown(row["field"], row["decided"]), _shown(row["field"], row["said"])
    return Text(
        f"{name.id} diputuskan {decided.id}, tertulis {said.id}",
        f"{name.en} decided {decided.en}, written {said.en}",
    )


def _shown(field: str, plain: str | None) -> Text:
    value = json.loads(plain) if plain else None
    if value in (None, "", []):
        return _NOTHING
    if field == "budget":
        return rupiah(value)
    if field == "status":
        return _STATES.get(value, Text(value, value))
    if schema.PROGRAMS.get(field) == pl.Date:
        return day(date.fromisoformat(value))
    text = "; ".join(map(str, value)) if isinstance(value, list) else str(value)
    return Text(text, text)
