"""Planning forms into lines: Renja and DPA, RKPD, our template, tables read by a mapping."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from pathlib import PurePath
from typing import Any

import polars as pl

from rakorsus.engine.intake.codes import level_of, own_affair, parse_code
from rakorsus.engine.intake.join.government import named_in
from rakorsus.engine.intake.join.offices import Offices
from rakorsus.engine.intake.reading import Reading
from rakorsus.engine.records import Level, Source

Row = dict[str, Any]

_OFFICE = re.compile(
    r"(?:perangkat daerah|opd|skpd|unit organisasi|organisasi)\s*[:=]\s*(.+?)"
    r"(?=\s{2,}|\s*(?:tahun|unit|urusan|program)\b|$)",
    re.I,
)
_ANNUAL = re.compile(r"\b(20[1-4]\d)\b")


def forms(reading: Reading, offices: Offices) -> list[Row]:
    """One row for each line of every form, with the columns of schema.PROGRAMS that it fills."""
    funds = _funds(reading)
    rows = [
        *_printed(reading, offices, "renja", Source.RENJA, funds),
        *_printed(reading, offices, "rkpd", Source.RKPD, funds),
        *_own(reading, offices),
        *_mapped(reading, offices),
    ]
    return _numbered(rows)


def _numbered(rows: list[Row]) -> list[Row]:
    """Ids that occur again get `#2`, `#3`: a form has no key of its own but code and agency."""
    seen: Counter[tuple[str, str]] = Counter()
    for row in rows:
        name = (row["source"], row["id"])
        seen[name] += 1
        if seen[name] > 1:
            row["id"] = f"{row['id']}#{seen[name]}"
        row["key"] = f"{row['source']}:{row['id']}"
    return rows


def _printed(
    reading: Reading, offices: Offices, kind: str, source: Source, funds: dict[str, str]
) -> Iterator[Row]:
    for frame in reading.tables.get(kind, ()):
        rows = frame.to_dicts()
        file, sheet = rows[0]["file"], rows[0]["sheet"]
        words = reading.titles.get((file, sheet), ())
        places = [r["place"] for r in rows if r["place"]]
        government = named_in([*words, *places])
        year = _year(words, rows)
        agency = _agency(reading, offices, words, rows, file, government)
        previous: Row | None = None
        for row in rows:
            if row["budget"] is None and previous and row["code"] == previous["_code"]:
                more = [t for t in (previous["output"], row["indicator"]) if t]
                previous["output"] = "; ".join(dict.fromkeys(more)) or None
                continue
            said = row.get("office_name")
            office = offices.find(said, government) if said else agency
            code = own_affair(row["code"], office)
            level = level_of(code)
            if level == "affair" or row["budget"] is None:
                continue
            previous = {
                "source": source.value, "id": f"{office}/{code}", "level": level,
                "agency": office, "government": government, "year": year, "code": code,
                "title": _one_line(row["title"]), "budget": row["budget"],
                "output": row.get("output") or row["indicator"],
                "target": row["target"], "unit": row["target_unit"],
                "volume": row["target_text"],
                "fund": funds.get(_digits(row["fund"]), row["fund"]),
                "places": [row["place"]] if row["place"] else None,
                "start": row.get("start"), "end": row.get("end"),
                "description": row.get("remark"), "status": "planned",
                "document": " ".join(filter(None, [kind.upper() if kind == "rkpd" else "Renja",
                                                   str(year or "")])),
                "file": file, "sheet": sheet, "row": row["row"], "_code": row["code"],
            }  # fmt: skip
            yield previous


def _year(words: tuple[str, ...], rows: list[Row]) -> int | None:
    if found := _ANNUAL.findall(" ".join(words)):
        return int(Counter(found).most_common(1)[0][0])
    days = Counter(r["start"].year for r in rows if r.get("start"))
    return days.most_common(1)[0][0] if days else None


def _agency(
    reading: Reading,
    offices: Offices,
    words: tuple[str, ...],
    rows: list[Row],
    file: str,
    government: str | None,
) -> str:
    """The form's office: the one its titles name, or the one of its main affair in an agency list
    of the same folder, or the affair itself."""
    for text in words:
        if match := _OFFICE.search(text):
            return offices.find(match[1].strip(" -:"), government)
    affairs = Counter(r["code"][:4] for r in rows if re.match(r"\d\.\d\d", r["code"]))
    affair = affairs.most_common(1)[0][0] if affairs else "X.XX"
    folder = PurePath(file).parent
    near = [
        row["office"]
        for frame in reading.tables.get("perangkat_daerah", ())
        for row in frame.iter_rows(named=True)
        if PurePath(row["file"]).parent == folder and row["office"].startswith(affair)
    ]
    if near:
        return offices.add(near[0], None, government).code
    return offices.add(affair, f"Perangkat daerah urusan {affair}", government).code


def _funds(reading: Reading) -> dict[str, str]:
    """Name of each fund by the digits of its code."""
    table = reading.table("sumber_dana")
    found: dict[str, str] = {}
    for row in table.iter_rows(named=True) if table is not None else ():
        parts = [row[f"level_{n}"] for n in range(1, 7)]
        code = ".".join(str(int(p)) for p in parts if p)
        found.setdefault(code, _one_line(row["title"]))
    return found


def _digits(fund: str | None) -> str:
    if not fund or not re.fullmatch(r"\d+(\.\d+)*", fund.strip()):
        return ""
    return ".".join(str(int(p)) for p in fund.strip().split("."))


def _own(reading: Reading, offices: Offices) -> Iterator[Row]:
    for frame in reading.tables.get("template", ()):
        words = reading.titles.get((frame["file"][0], frame["sheet"][0]), ())
        government = named_in(words)
        for row in frame.iter_rows(named=True):
            office = _office(offices, row, government)
            code = parse_code((row["code"] or "").split(" ")[0])
            yield {
                **_common(row),
                "source": Source.OTHER.value, "id": row["id"], "level": Level.PAKET.value,
                "agency": office, "government": offices.by_code[office].government, "code": code,
                "output": row["output"], "target": row["target"],
                "unit": row["unit"] or row["target_unit"], "owner": row["owner"],
                "tags": row["tags"], "strategic": row["strategic"],
                "document": f"Templat {row['year']}",
            }  # fmt: skip


def _office(offices: Offices, row: Row, government: str | None) -> str:
    """The template's office: a code with its name beside it, or both in one cell from the list."""
    if row["agency_name"]:
        return offices.add(row["agency"], row["agency_name"], government).code
    return offices.find(row["agency"], government)


def _mapped(reading: Reading, offices: Offices) -> Iterator[Row]:
    for frame in reading.tables.get("mapped", ()):
        words = reading.titles.get((frame["file"][0], frame["sheet"][0]), ())
        government = named_in([*words, *(p for p in frame["place"] if p)])
        name = PurePath(frame["file"][0]).stem
        for row in frame.iter_rows(named=True):
            office = offices.find(row["agency"], government)
            code = own_affair(row["code"], office) if row["code"] else None
            yield {
                **_common(row),
                "source": Source.OTHER.value,
                "id": row["id"] or f"{office}/{_one_line(row['title'])[:80]}",
                "level": Level.PAKET.value, "agency": office,
                "government": offices.by_code[office].government or government,
                "code": code, "output": row["output"], "target": row["target"],
                "unit": row["unit"] or row["target_unit"], "document": name,
            }  # fmt: skip


def _common(row: Row) -> Row:
    names = (
        "year", "budget", "description", "start", "end", "fund", "method", "volume",
        "beneficiaries", "file", "sheet", "row",
    )  # fmt: skip
    places = [p.strip() for p in re.split(r"[;\n]", row["place"] or "") if p.strip()]
    return {
        **{name: row[name] for name in names},
        "title": _one_line(row["title"]),
        "places": places or None,
        "status": "planned",
    }


def _one_line(text: str) -> str:
    return " ".join(text.split())


def renstra_targets(reading: Reading, offices: Offices) -> pl.DataFrame | None:
    """Targets and money of a Renstra, year by year, when its titles name the years."""
    rows: list[Row] = []
    for frame in reading.tables.get("renstra", ()):
        table = frame.to_dicts()
        file, sheet = table[0]["file"], table[0]["sheet"]
        words = reading.titles.get((file, sheet), ())
        years = [int(y) for y in _ANNUAL.findall(" ".join(words))]
        if not years:
            continue
        agency = _agency(reading, offices, words, table, file, named_in(words))
        for row in table:
            code = own_affair(row["code"], agency)
            for number in range(1, 7):
                if row[f"target_{number}"] is None or not row["indicator"]:
                    continue
                year = min(years) + number - 1
                rows.append(
                    {
                        "id": f"{agency}/{code}:{year}", "title": _one_line(row["title"]),
                        "indicator": row["indicator"], "unit": row["unit"],
                        "baseline": row["baseline"], "target": row[f"target_{number}"],
                        "year": year, "budget": row[f"budget_{number}"], "code": code,
                        "agency": agency, "document": "Renstra",
                    }
                )  # fmt: skip
    return pl.DataFrame(rows, infer_schema_length=None) if rows else None
