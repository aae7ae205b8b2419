"""Gap: a strategic target without a program, or with programs that add up to less.

A target is served by lines under its code, and, where the document gives none, by lines whose
words hold most of the words of its indicator. Amounts are only added where the unit is the same.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, Final

from rakorsus.engine.blocks import Blocks, blocks
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.pairs.lines import Line, lines
from rakorsus.engine.records import Finding, FindingKind, Option, Text
from rakorsus.engine.sentences import join
from rakorsus.engine.words import stems

_AMOUNT: Final = re.compile(r"^\s*([\d.]+(?:,\d+)?)\s*(.+?)\s*$")
_UNITS: Final = {"m1": "m", "meter": "m", "m'": "m", "km": "km", "org": "orang", "klp": "kelompok"}
_WORDS: Final = 0.75  # share of an indicator's words that a line must have to serve it
_SHORT: Final = 0.95  # programs that reach this share of the target are enough
_MOST: Final = 20  # lines named in one finding


def find(context: Context) -> list[Finding]:
    """Gaps of a run, one finding for each target; with `only` those of the targets that these
    lines serve or served, and of targets that nobody serves."""
    serving = _serving(context)
    asked = {*serving.asked(context.only), *serving.left(context.only or ())}
    found = []
    for target in context.targets.to_dicts():
        if target["id"] in asked or not serving[target["id"]]:
            finding = _judge(context, target, serving)
            if finding is not None and context.enabled(finding.rule):
                found.append(finding)
    return found


def _serving(context: Context) -> Blocks:
    """The lines that serve each target by id: by its code, otherwise by words. Under the id with
    an exclamation mark those that are below its code and say its indicator too."""
    wanted = [
        (row["id"], row["code"], frozenset(stems(row["indicator"] or row["title"] or "")))
        for row in context.targets.select("id", "code", "indicator", "title").to_dicts()
    ]

    def names(line: Line) -> Iterator[str]:
        for name, code, indicator in wanted:
            if code and not (line.code or "").startswith(code):
                continue
            says = bool(indicator) and _says(line, indicator)
            if code or says:
                yield name
            if code and says:
                yield f"{name}!"

    return blocks(context, "gap", names)


def _judge(context: Context, target: Mapping[str, Any], served: Blocks) -> Finding | None:
    known, name = lines(context), target["id"]
    serving = [known[key] for key in sorted(served[f"{name}!"] or served[name])]
    if not serving:
        return _nothing(context, target)
    wanted = target["target"]
    unit = _unit(target["unit"])
    if not wanted or not unit:
        return None
    packages = [line for line in serving if line.level == "paket"] or serving
    amounts = [(line, _amount(context, line, unit)) for line in packages]
    told = [(line, amount) for line, amount in amounts if amount is not None]
    total = sum(amount for _, amount in told)
    need = wanted - (target["baseline"] or 0) if wanted > (target["baseline"] or 0) else wanted
    if len(told) < len(packages) / 2 or total >= _SHORT * need:
        return None
    return _short(context, target, [line for line, _ in told], total, need)


def _says(line: Line, indicator: frozenset[str]) -> bool:
    return len(indicator.intersection(stems(line.plain))) >= _WORDS * len(indicator)


def _unit(text: str | None) -> str:
    flat = (text or "").strip().lower()
    return _UNITS.get(flat, flat)


def _amount(context: Context, line: Line, unit: str) -> float | None:
    """How much of the unit the line delivers, when it says so."""
    row = context.row(line.key)
    if row["target"] and _unit(row["unit"]) == unit:
        return float(row["target"])
    match = _AMOUNT.match(row["volume"] or "")
    if match and _unit(match[2]) == unit:
        return float(match[1].replace(".", "").replace(",", "."))
    return None


def _nothing(context: Context, target: Mapping[str, Any]) -> Finding:
    name = target["indicator"] or target["title"]
    amount = _said(target["target"], target["unit"])
    reasons = join(
        Text(
            f"Sasaran “{target['title']}” ({name}: {amount}) tidak punya program yang melayaninya.",
            f"The target “{target['title']}” ({name}: {amount}) has no program that serves it.",
        ),
        Text(
            f"Penanggung jawab menurut dokumen: {context.agency(target['agency'])}.",
            f"Responsible by the document: {context.agency(target['agency'])}.",
        )
        if target["agency"]
        else Text("", ""),
    )
    options = (
        Option("add", Text("Tambahkan program dan anggarannya.", "Add a program with money.")),
        Option("drop", Text("Lepaskan sasaran secara terbuka, dengan alasan.",
                            "Drop the target openly, with a reason.")),
    )  # fmt: skip
    money = target["budget"] or 0
    return _about(context, target, [], "gap.none", reasons, 0.74, 0.75, money, options)


def _short(
    context: Context, target: Mapping[str, Any], serving: Sequence[Line], total: float, need: float
) -> Finding:
    share = round(100 * total / need)
    name = target["indicator"] or target["title"]
    reasons = Text(
        f"Sasaran “{target['title']}” memerlukan {_said(need, target['unit'])} ({name}), "
        f"sedangkan {len(serving)} paket yang menyebut volumenya baru berjumlah "
        f"{_said(total, target['unit'])}, atau {share} persen.",
        f"The target “{target['title']}” needs {_said(need, target['unit'])} ({name}); the "
        f"{len(serving)} packages that give a volume add up to {_said(total, target['unit'])}, "
        f"or {share} percent.",
    )
    options = (
        Option("raise", Text("Tambah volume atau paket.", "Raise volumes or add packages.")),
        Option("revise", Text("Sesuaikan target tahun ini secara terbuka.",
                              "Revise this year's target openly.")),
    )  # fmt: skip
    largest = sorted(serving, key=lambda line: (-line.money, line.key))[:_MOST]
    money = round(sum(line.money for line in serving) * (1 - total / need))
    keys = [line.key for line in largest]
    return _about(context, target, keys, "gap.sum", reasons, 0.66, 0.6, money, options)


def _about(
    context: Context,
    target: Mapping[str, Any],
    keys: Sequence[str],
    rule: str,
    reasons: Text,
    score: float,
    sure: float,
    money: int,
    options: tuple[Option, ...],
) -> Finding:
    """A finding about a target: named by the target, whatever lines serve it this time."""
    evidence = {
        "target": {k: target[k] for k in ("id", "title", "indicator", "unit", "target", "code")}
    }
    made = draft(
        context, FindingKind.GAP, keys, rule=rule, reasons=reasons, score=score, sure=sure,
        money=money, options=options, evidence=evidence, about=f"target:{target['id']}",
    )  # fmt: skip
    owner = {target["agency"]} - {None, ""}
    return replace(made, agencies=tuple(sorted({*made.agencies, *owner})))


def _said(amount: float | None, unit: str | None) -> str:
    if amount is None:
        return "–"
    shown = f"{amount:,.0f}" if amount == int(amount) else f"{amount:,.1f}"
    return f"{shown.replace(',', '.')} {unit or ''}".strip()
