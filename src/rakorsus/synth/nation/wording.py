"""From specifications to text: titles, places and volumes as different hands write them."""

from __future__ import annotations

from typing import Final

import numpy as np
import polars as pl

from rakorsus.synth.nation.areas import hamlets, streets
from rakorsus.synth.nation.drawing import Ground

_SHORT: Final = (
    ("Pembangunan", "Pemb."), ("Rehabilitasi", "Rehab"), ("Pengadaan", "Peng."),
    ("Pemeliharaan", "Pemel."), ("Peningkatan", "Pening."), ("Pemasangan", "Pemas."),
    ("Lingkungan", "Lingk."), ("Penerangan Jalan Umum", "PJU"), ("Sekolah", "Sek."),
    ("Kelompok", "Klp."), ("Masyarakat", "Masy."), ("Perbaikan", "Perb."), ("Bantuan", "Bant."),
    ("Pelatihan", "Pelat."), ("Penyediaan", "Penyed."), ("Sosialisasi", "Sos."),
    ("Pembinaan", "Pembin."), ("Pembuatan", "Pemb."), ("Jalan", "Jl."),
)  # fmt: skip
_STYLES: Final = 5
_ROMAN: Final = ("", "I", "II", "III")


def texts(specs: pl.DataFrame, ground: Ground) -> pl.DataFrame:
    """`title`, `activity` (the phrase alone), `places` (a list) and `volume` of each row."""
    phrase, unit = _phrases(specs, ground)
    named = specs.with_columns(phrase=phrase, unit=unit, **_names(specs, ground))
    short, long = _short(), _long()
    lot = pl.when(pl.col("lot") == 0).then(pl.lit("")).otherwise(
        pl.concat_str(
            pl.when(pl.col("group") == "people").then(pl.lit(" Angkatan ")).otherwise(
                pl.lit(" Paket ")),
            (pl.col("lot") + 1).cast(pl.String),
        )
    )  # fmt: skip
    phase = pl.when(pl.col("phase") == 0).then(pl.lit("")).otherwise(
        pl.concat_str(pl.lit(" Tahap "), pl.col("phase").replace_strict(
            dict(enumerate(_ROMAN)), return_dtype=pl.String))
    )  # fmt: skip
    stage = pl.col("stage").replace_strict(
        {0: "", 1: "Perencanaan ", 2: "Pengawasan ", 3: "Studi Kelayakan "}, return_dtype=pl.String
    )
    work = pl.concat_str(stage, "phrase")
    title = (
        pl.when(~pl.col("named")).then(pl.concat_str(work, lot, phase))
        .when(pl.col("style") == 3).then(pl.concat_str(short, pl.lit(" - "), work, lot, phase))
        .otherwise(pl.concat_str(work, pl.lit(" "), short, lot, phase))
    )  # fmt: skip
    title = pl.when(pl.col("style") == 4).then(title.str.to_uppercase()).otherwise(title)
    return named.select(
        title=title,
        activity=work,
        places=pl.concat_list(pl.when("vague").then(_regency(ground)).otherwise(long)),
        volume=pl.when(pl.col("amount") == 0)
        .then(pl.lit("1 Paket"))
        .otherwise(pl.concat_str(pl.col("amount").cast(pl.String), pl.lit(" "), pl.col("unit"))),
    )


def _phrases(specs: pl.DataFrame, ground: Ground) -> tuple[pl.Series, pl.Series]:
    """The phrase of each row in its style; every distinct one is made once."""
    kinds = ground.concepts
    wide, things = 2, max(max(1, len(k.objects)) for k in kinds)
    made: list[str] = []
    for kind in kinds:
        for wording in range(wide):
            for thing in range(things):
                plain = kind.phrase(wording, thing % max(1, len(kind.objects)))
                made += [plain, _shortened(plain), _mistyped(plain), plain, plain]
    number = (specs["concept"] * wide + specs["wording"]) * things + specs["thing"]
    phrase = pl.Series(made).gather((number * _STYLES + specs["style"]).cast(pl.UInt32))
    unit = pl.Series([k.unit for k in kinds]).gather(specs["concept"].cast(pl.UInt32))
    return phrase, unit


def _shortened(phrase: str) -> str:
    for word, short in _SHORT:
        phrase = phrase.replace(word, short)
    return phrase


def _mistyped(phrase: str) -> str:
    """Two letters change places in the longest word, as hands do."""
    word = max(phrase.split(), key=len)
    middle = len(word) // 2
    wrong = word[: middle - 1] + word[middle] + word[middle - 1] + word[middle + 1 :]
    return phrase.replace(word, wrong, 1)


def _names(specs: pl.DataFrame, ground: Ground) -> dict[str, pl.Series]:
    areas, road, hamlet = ground.areas, streets(), hamlets()
    village = specs["village"].cast(pl.UInt32)
    district = pl.Series(areas.district_of.astype(np.uint32)).gather(village)
    way = (specs["village"] * 37 + specs["slot"] * 1009) % len(road)
    home = (specs["village"] * 7 + specs["slot"]) % len(hamlet)
    return {
        "village": pl.Series(areas.village_names).gather(village),
        "mark": pl.Series(areas.village_kinds).gather(village),
        "district": pl.Series(areas.district_names).gather(district),
        "beyond": pl.Series(areas.beyond).gather(district),
        "street": pl.Series(road).gather(way.cast(pl.UInt32)),
        "hamlet": pl.Series(hamlet).gather(home.cast(pl.UInt32)),
        "where": _of(specs, [k.where for k in ground.concepts]),
        "group": _of(specs, [k.group for k in ground.concepts]),
    }


def _of(specs: pl.DataFrame, values: list[str]) -> pl.Series:
    return pl.Series(values).gather(specs["concept"].cast(pl.UInt32))


def _join(*parts: str) -> pl.Expr:
    """ "RW {number} {mark} {village}" in pieces: names of columns between plain text."""
    columns = ("village", "mark", "district", "street", "hamlet", "beyond", "two", "slot")
    return pl.concat_str([_column(p) if p in columns else pl.lit(p) for p in parts])


def _column(name: str) -> pl.Expr:
    if name == "two":
        return pl.col("slot").cast(pl.String).str.zfill(2)
    return pl.col(name).cast(pl.String)


def _pick(*forms: pl.Expr, salt: int) -> pl.Expr:
    """One of the forms, by the row's `form`."""
    number = pl.col("form") // salt % len(forms)
    chosen = pl.when(number == 0).then(forms[0])
    for n, form in enumerate(forms[1:-1], 1):
        chosen = chosen.when(number == n).then(form)
    return chosen.otherwise(forms[-1])


def _short() -> pl.Expr:
    """The place as titles carry it."""
    home = _pick(_join("mark", " ", "village"), _join("mark", " ", "village", " Kec. ", "district"),
                 salt=3)  # fmt: skip
    where = pl.col("where")
    return (
        pl.when(where == "rw").then(_pick(
            pl.concat_str(_join("RW ", "two", " "), home),
            pl.concat_str(_join("RW. ", "two", " "), home),
            pl.concat_str(_join("Kp. ", "hamlet", " RW ", "two", " "), home), salt=1))
        .when(where == "street").then(_pick(
            pl.concat_str(_join("Jl. ", "street", " "), home),
            pl.concat_str(_join("Jalan ", "street", " "), home), salt=1))
        .when(where == "school").then(_pick(
            _join("SDN ", "village", " ", "slot"), _join("SD Negeri ", "village", " ", "slot"),
            salt=1))
        .when(where == "village").then(home)
        .otherwise(_pick(_join("Kecamatan ", "district"), _join("Kec. ", "district"), salt=1))
    )  # fmt: skip


def _long() -> pl.Expr:
    """The place as the column of locations carries it."""
    home = _pick(
        _join("mark", " ", "village", " Kec. ", "district", "beyond"),
        _join("mark", " ", "village", " Kecamatan ", "district", "beyond"),
        _join("mark", " ", "village", ", Kec. ", "district", "beyond"),
        _join("Kecamatan ", "district", " ", "mark", " ", "village", "beyond"),
        salt=7,
    )
    where = pl.col("where")
    return (
        pl.when(where == "rw").then(_pick(
            pl.concat_str(_join("RW. ", "two", " "), home),
            pl.concat_str(home, _join(" RW ", "two")),
            pl.concat_str(_join("Kp. ", "hamlet", " RW ", "two", " "), home),
            pl.concat_str(home, _join(" Kp. ", "hamlet", " RT 02 RW ", "two")), salt=11))
        .when(where == "street").then(_pick(
            pl.concat_str(_join("Jl. ", "street", " "), home),
            pl.concat_str(home, _join(" Jln. ", "street")), salt=11))
        .when(where == "school").then(pl.concat_str(_join("SDN ", "village", " ", "slot", ", "),
                                                    home))
        .when(where == "village").then(home)
        .otherwise(_pick(
            _join("Kecamatan ", "district", "beyond"), _join("Kec. ", "district", "beyond"),
            _join("Wilayah Kecamatan ", "district", "beyond"), salt=11))
    )  # fmt: skip


def _regency(ground: Ground) -> pl.Expr:
    name = ground.areas.name
    return _pick(
        pl.lit(name), pl.lit(name.replace("Kabupaten", "Kab.")), pl.lit(name.lower()), salt=5
    )
