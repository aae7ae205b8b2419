"""A nation on one page: findings by government and kind; the findings are in the files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from html import escape
from typing import Any

from rakorsus.engine.records import FindingKind
from rakorsus.engine.report.labels import KINDS
from rakorsus.engine.report.markup import both, money, on, say, table
from rakorsus.engine.report.shell import document

_TITLE = "Temuan program menurut pemerintah daerah"
_SHOWN = [kind for kind in FindingKind if kind is not FindingKind.EXPECTED]
_COUNTED = ("lines", "findings", "high", "expected")


def render_nation(heads: Sequence[Mapping[str, Any]], *, today: date) -> str:
    """The page of the heads that `backends.analyse_government` makes, one row each."""
    told = say("Temuan menurut pemerintah daerah, keadaan", "Findings by government, as of")
    foot = say(
        "Rinciannya ada di findings.jsonl, satu temuan per baris, menurut urutan tabel ini.",
        "Details are in findings.jsonl, one finding a line, in the order of this table.",
    )
    return document(_TITLE, f"{told} {on(today)}.", _tiles(heads) + _governments(heads), foot)


def _tiles(heads: Sequence[Mapping[str, Any]]) -> str:
    names = {
        "lines": say("baris program", "program lines"),
        "findings": say("temuan", "findings"),
        "high": say("tingkat tinggi", "high severity"),
        "expected": say("pengulangan wajar", "expected repetitions"),
    }
    tiles = [(str(len(heads)), say("pemerintah daerah", "governments"))]
    tiles += [(_number(sum(head[name] for head in heads)), said) for name, said in names.items()]
    tiles.append((money(sum(head["money"] for head in heads)), say("dipertaruhkan", "at stake")))
    body = "".join(f'<div class="tile"><b>{value}</b>{name}</div>' for value, name in tiles)
    return f'<div class="tiles">{body}</div>'


def _governments(heads: Sequence[Mapping[str, Any]]) -> str:
    kinds = [kind for kind in _SHOWN if any(kind.value in head["kinds"] for head in heads)]
    columns = [
        say("Kode", "Code"), say("Pemerintah daerah", "Government"), say("Baris", "Lines"),
        say("Temuan", "Findings"), say("Tinggi", "High"), say("Wajar", "Expected"),
        *(both(KINDS[kind]) for kind in kinds), say("Dipertaruhkan", "At stake"),
    ]  # fmt: skip
    rows = [
        [
            head["government"],
            escape(head["name"]),
            *(_number(head[name]) for name in _COUNTED),
            *(_number(head["kinds"].get(kind.value, 0)) for kind in kinds),
            money(head["money"]),
        ]
        for head in heads
    ]
    title = say("Temuan tiap pemerintah daerah", "Findings of each government")
    body = table(columns, rows, range(2, len(columns)))
    return f'<h2>{title}</h2><div class="many">{body}</div>'


def _number(count: int) -> str:
    return f"{count:,}".replace(",", ".")
