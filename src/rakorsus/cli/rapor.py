"""`rakorsus rapor`: report cards computed anew from the published open data."""

from __future__ import annotations

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from polars.exceptions import PolarsError

from rakorsus.cli.installation import Subparsers
from rakorsus.engine.reportcard import FIGURES, LEAST, MEASURES, Card, Figure, Quarter
from rakorsus.engine.reportcard.published import compare, count, files_in, recompute


def add_parser(commands: Subparsers) -> None:
    parser = commands.add_parser("rapor", help="report cards from the published open data")
    parser.add_argument("paths", nargs="+", type=Path, metavar="FILE|DIR")
    parser.add_argument("--quarter", type=Quarter.parse, help="only this quarter, e.g. 2022-3")
    parser.add_argument("--agency", help="only this agency (code)")
    parser.add_argument("--json", action="store_true", help="the cards with their records as JSON")


def run(options: argparse.Namespace) -> int:
    """0 done, and equal to the published cards where these are among the files; 1 they differ;
    2 nothing usable."""
    files = files_in(options.paths)
    try:
        made = recompute(files)
        wrong = compare(made, files[FIGURES.name]) if FIGURES.name in files else None
    except (KeyError, ValueError, PolarsError, OSError) as error:
        print(f"Berkas tidak terbaca / unreadable: {error}", file=sys.stderr)
        return 2
    if not made:
        print("Tidak ada tabel rapor / no report-card tables (rapor_*.csv)", file=sys.stderr)
        return 2
    shown = [
        card
        for quarter, own in made.items()
        for card in own
        if options.quarter in (None, quarter) and options.agency in (None, card.agency)
    ]
    if options.json:
        report = {"cards": [as_json(card) for card in shown], "differences": wrong}
        print(json.dumps(report, ensure_ascii=False))
    else:
        _print(shown)
        _verdict(wrong, count(files[FIGURES.name]) if FIGURES.name in files else 0)
    return 1 if wrong else 0


def as_json(card: Card) -> dict[str, Any]:
    return {
        "quarter": str(card.quarter), "agency": card.agency, "kind": card.kind,
        "index": None if card.index is None else float(card.index), "rank": card.rank,
        "among": card.among, "digest": card.digest,
        "figures": {
            name: {
                "n": f.n, "part": f.part, "whole": f.whole, "records": f.records, "hits": f.hits,
                "missing": f.missing,
            }
            for name, f in card.figures.items()
        },
    }  # fmt: skip


def _print(cards: list[Card]) -> None:
    for card in cards:
        if all(f.value is None for f in card.figures.values()):
            continue
        place = f"peringkat {card.rank} dari {card.among} {card.kind}" if card.rank else (
            "tidak diperingkat"
        )  # fmt: skip
        print(f"{card.quarter}  {card.agency}  {place}")
        for name, figure in card.figures.items():
            print(f"    {MEASURES[name].title.id:<36} {words(figure)}")


def words(figure: Figure) -> str:
    """A figure for the terminal: never a percentage of few, never a zero for no data."""
    value, kind = figure.value, MEASURES[figure.measure].kind
    if value is None:
        return (
            f"tidak ada data ({len(figure.missing)} baris)" if figure.missing else "tidak ada data"
        )
    if kind == "count":
        return str(figure.part)
    if kind == "days":
        return f"{float(value):g} hari (n={figure.n})"
    share = f" = {round(100 * value)} %" if figure.firm else f" (n={figure.n} < {LEAST})"
    if kind == "money":
        return f"Rp{figure.part:,} dari Rp{figure.whole:,}".replace(",", ".") + share
    return f"{figure.part} dari {figure.whole}{share}"


def _verdict(wrong: list[tuple[str, str, str, str]] | None, compared: int) -> None:
    if wrong is None:
        print("rapor.csv tidak ada di antara berkas: tidak ada yang dibandingkan.")
    elif wrong:
        print(f"{len(wrong)} angka BERBEDA dari yang diterbitkan:")
        for line in wrong[:20]:
            print("  " + "  ".join(line))
    else:
        print(f"Semua angka sama dengan rapor yang diterbitkan: {compared} angka.")
