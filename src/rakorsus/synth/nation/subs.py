"""Sub kegiatan: the codes of activities and of support, and the lines that stand above packages."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rakorsus.synth.nation.drawing import Ground
from rakorsus.synth.nation.offices import DEPARTMENTS
from rakorsus.synth.nomenclature import nomenclature

HEALTH: Final = (
    "1.02.02.2.01.0023",
    "Pengadaan Obat, Bahan Habis Pakai, dan Peralatan Kesehatan",
)
_VERBS: Final = (
    "Penyediaan Layanan", "Pengelolaan Urusan", "Pelaksanaan Kebijakan", "Peningkatan Kapasitas",
    "Koordinasi dan Sinkronisasi",
)  # fmt: skip
_MOST: Final = 12  # sub kegiatan of support under one office


def codes(specs: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """`code` and `sub` (its title) of each specification."""
    wide = max(len(k.owners) for k in ground.concepts)
    made: list[tuple[str, str]] = []
    for kind in ground.concepts:
        for number in range(wide):
            owner = kind.owners[min(number, len(kind.owners) - 1)]
            made.append(_titled(f"{owner.affair[:4]}.{owner.rest}", ground))
    number = (specs["concept"] * wide + specs["owner"]).cast(pl.UInt32)
    table = pl.DataFrame(made, schema={"code": pl.String, "sub": pl.String}, orient="row")
    return table[number]


def _titled(code: str, ground: Ground) -> tuple[str, str]:
    known = nomenclature().get(code)
    if known is not None:
        return provincial(code, ground), known.title
    field = DEPARTMENTS.get(code[:4], "Kecamatan").removeprefix("Dinas ").removeprefix("Badan ")
    verb = _VERBS[int(code[-4:]) % len(_VERBS)]
    return provincial(code, ground), f"{verb} Bidang {field} {int(code[-4:])}"


def provincial(code: str, ground: Ground) -> str:
    """A province's codes have 1 where a regency's have 2: "1.03.06.2.01" -> "1.03.06.1.01"."""
    if "." in ground.areas.government:
        return code
    parts = code.split(".")
    parts[3] = "1"
    return ".".join(parts)


def support_codes(lines: int, ground: Ground) -> list[tuple[str, str]]:
    """Code without its affair and title of the sub kegiatan of support that each office has."""
    found = [
        (provincial(a.code, ground)[4:], a.title)
        for code, a in nomenclature().items()
        if code.startswith("X.XX")
    ]
    share = int(0.12 * lines / len(ground.offices))
    return found[: min(_MOST, max(1, share))]


def clinics(ground: Ground) -> list[int]:
    """Numbers of the health department, its hospitals and its puskesmas."""
    return [n for n, o in enumerate(ground.offices) if o.affair in ("1.02", "1.02u")]


def subs(works: pl.DataFrame, support: list[tuple[str, str]], ground: Ground) -> pl.DataFrame:
    """office, code, sub: what the activities need, then what every office and clinic has."""
    fixed = [
        (n, f"{office.code[:4]}{code}", title)
        for n, office in enumerate(ground.offices)
        for code, title in support
    ] + [(n, provincial(HEALTH[0], ground), HEALTH[1]) for n in clinics(ground)]
    schema = {"office": pl.Int64, "code": pl.String, "sub": pl.String}
    return pl.concat(
        [
            works.select(*schema).unique(maintain_order=True),
            pl.DataFrame(fixed, schema=schema, orient="row"),
        ]
    ).unique(["office", "code"], keep="first", maintain_order=True)


def lines(table: pl.DataFrame, base: int) -> pl.DataFrame:
    """The sub kegiatan as program lines, without money; `key` from `base` on."""
    number = pl.Series(np.arange(table.height) + base).cast(pl.String)
    return table.select(
        "office",
        "code",
        key=pl.concat_str(pl.lit("subkegiatan:"), number),
        source=pl.lit("subkegiatan"),
        id=number,
        level=pl.lit("sub_kegiatan"),
        title="sub",
        status=pl.lit("planned"),
        document=pl.lit("RUP"),
    )
