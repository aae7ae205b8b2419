"""The regions of the country: code, name, level, parent, kind; a government is a slice of them.

Source: codes and data of regions of the Ministry of Home Affairs, by way of idn-area-data (ODbL,
see NOTICE). A table that an installation imports goes before it.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from pathlib import Path
from typing import Final

import polars as pl

from rakorsus.engine import schema
from rakorsus.engine.places.normal import compact

FILE: Final = Path(__file__).with_name("data") / "wilayah.parquet"
_KIND = re.compile(r"\b(kab(upaten)?|kota|adm(inistrasi)?|provinsi|prov)\b\.?", re.IGNORECASE)


@cache
def nation() -> pl.DataFrame:
    """Every region of the country (about 92,000 rows), sorted by code; columns of REGIONS without
    points and boundaries."""
    return pl.read_parquet(FILE)


def regions_of(government: str) -> pl.DataFrame:
    """The regions inside a government (province "73" or regency "73.71"), itself and what stands
    above it included, as schema.REGIONS. Empty for an unknown code."""
    code = pl.col("code")
    above = [government[:cut] for cut in (2, 5) if cut <= len(government)]
    found = nation().filter(
        (code.str.starts_with(f"{government}.")) | code.is_in(above) | (code == government)
    )
    return schema.conform(found, schema.REGIONS)


@cache
def _regencies() -> dict[str, tuple[tuple[str, str], ...]]:
    """compact name without its kind -> (code, kind) of regencies and cities."""
    found: dict[str, list[tuple[str, str]]] = {}
    for code, name, kind in (
        nation().filter(pl.col("level") == 2).select("code", "name", "kind").iter_rows()
    ):
        found.setdefault(compact(_KIND.sub(" ", name)), []).append((code, kind))
    return {name: tuple(codes) for name, codes in found.items()}


@cache
def _provinces() -> dict[str, str]:
    rows = nation().filter(pl.col("level") == 1).select("name", "code").iter_rows()
    return {compact(_KIND.sub(" ", name)): code for name, code in rows}


@lru_cache(maxsize=1 << 14)
def province_code(name: str | None) -> str | None:
    """ "Jawa Barat" -> "32"; None when it is not the name of one."""
    return _provinces().get(compact(_KIND.sub(" ", name))) if name else None


@lru_cache(maxsize=1 << 14)
def regency_code(name: str | None, province: str | None = None) -> str | None:
    """The code of a regency or city by any usual form of its name.

    "Kab. Bandung", "Bandung (Kab.)", "KABUPATEN BANDUNG" -> "32.04"; "Kota Bandung" -> "32.73";
    "Bandung" alone is None (two of that name), unless only one of them lies in `province` (name
    or code).
    """
    if not name:
        return None
    codes = _regencies().get(compact(_KIND.sub(" ", name)), ())
    lower = name.lower()
    if re.search(r"\bkota\b", lower):
        codes = tuple(c for c in codes if c[1] == "kota")
    elif re.search(r"\bkab", lower):
        codes = tuple(c for c in codes if c[1] == "kabupaten")
    if province:
        inside = province if province[:2].isdigit() else province_code(province)
        if inside:
            codes = tuple(c for c in codes if c[0].startswith(inside))
    return codes[0][0] if len(codes) == 1 else None


def parent_of(code: str) -> str | None:
    """ "73.71.01.1001" -> "73.71.01"; None for a province."""
    return code.rpartition(".")[0] or None


def kind_of(code: str, name: str) -> str:
    """What the region is, from its code: a kelurahan's last part begins with 1, a desa's with 2."""
    level = code.count(".")
    if level == 0:
        return "provinsi"
    if level == 1:
        return "kota" if int(code[3:5]) > 70 else "kabupaten"
    if level == 2:
        return "kecamatan"
    return "kelurahan" if code[9:10] == "1" else "desa"
