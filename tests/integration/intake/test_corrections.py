"""The table of set-aside rows: what leaves comes back the same, and runs nothing on the way."""

from __future__ import annotations

import csv
import io

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from openpyxl import load_workbook

from rakorsus.stages.intake import corrections
from rakorsus.stages.intake.models import ImportBatch, SetAsideRow, SourceFile

pytestmark = pytest.mark.django_db

#: Texts as cells of a spreadsheet can hold them.
texts = (
    st.text(
        st.characters(exclude_categories=["C", "Z"], include_characters=" =+-@'"),
        min_size=1,
        max_size=30,
    )
    .map(str.strip)
    .filter(bool)
)


def source(rows: list[dict[str, str]], sheets: list[str] | None = None) -> SourceFile:
    batch = ImportBatch.objects.create(started_by_name="x", surface="page")
    heads: dict[str, list[str]] = {}
    for number, content in enumerate(rows):
        known = heads.setdefault(sheets[number] if sheets else "Data", [])
        known += [name for name in sorted(content, reverse=True) if name not in known]
    report = {"sheets": [{"name": name, "headers": known} for name, known in heads.items()]}
    file = SourceFile.objects.create(
        batch=batch, name="a.xlsx", sha256="0" * 64, size=1, report=report
    )
    for number, content in enumerate(rows):
        SetAsideRow.objects.create(
            file=file, sheet=sheets[number] if sheets else "Data", row=number + 5, column="pagu",
            family="pagu bukan angka", reason_id="Pagu bukan angka.", reason_en="Not a number.",
            content=content,
        )  # fmt: skip
    return file


def opened(content: bytes):
    return load_workbook(io.BytesIO(content))


def read(path) -> list[list[str]]:
    with path.open(encoding="utf-8", newline="") as lines:
        return list(csv.reader(lines))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.lists(st.fixed_dictionaries({"kode": texts, "=nama": texts}), min_size=1, max_size=5))
def test_what_leaves_comes_back_the_same(tmp_path, rows) -> None:
    file = source(rows)
    path = tmp_path / "perbaikan.xlsx"
    path.write_bytes(corrections.write(file))
    (part,) = corrections.unfold(path, tmp_path) or []
    heads, *lines = read(part.path)
    assert heads == ["kode", "=nama"]
    assert [dict(zip(heads, line, strict=True)) for line in lines] == rows
    assert part.places == tuple(("Data", n + 5) for n in range(len(rows)))


@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.sampled_from("=+-@\t\r\n"), texts)
def test_no_cell_is_a_formula(first: str, rest: str) -> None:
    file = source([{"nama": first + rest}])
    for line in opened(corrections.write(file)).active.iter_rows():
        for cell in line:
            assert cell.data_type in "sn"
            assert not str(cell.value or "").lstrip(" ").startswith(("=", "+", "-", "@"))


def test_each_sheet_keeps_its_own_columns(tmp_path) -> None:
    file = source([{"a": "1"}, {"b": "2"}, {"a": "3"}], ["Satu", "Dua/[x]", "Satu"])
    path = tmp_path / "p.xlsx"
    path.write_bytes(corrections.write(file))
    parts = corrections.unfold(path, tmp_path) or []
    assert [(read(p.path), p.places) for p in parts] == [
        ([["b"], ["2"]], (("Dua/[x]", 6),)),
        ([["a"], ["1"], ["3"]], (("Satu", 5), ("Satu", 7))),
    ]


def test_numbers_and_dates_that_were_typed_are_texts_a_reader_knows(tmp_path) -> None:
    from datetime import date

    path = tmp_path / "p.xlsx"
    path.write_bytes(corrections.write(source([{"pagu": "seratus", "mulai": "x", "kosong": ""}])))
    book = load_workbook(path)
    sheet = book.active
    sheet["E2"], sheet["F2"] = 1_500_000, date(2025, 3, 4)
    sheet.append([None, None, None, None, "2500000,5", "4 April 2025"])
    sheet.append([None] * 7)
    book.save(path)
    (part,) = corrections.unfold(path, tmp_path) or []
    assert read(part.path)[1:] == [["1500000", "2025-03-04", ""], ["2500000,5", "4 April 2025", ""]]
    assert part.places == (("Data", 5), None)


def test_other_tables_are_not_ours(tmp_path) -> None:
    plain = tmp_path / "a.csv"
    plain.write_text("kode;nama\n1;a\n")
    assert corrections.unfold(plain, tmp_path) is None
    broken = tmp_path / "b.xlsx"
    broken.write_bytes(b"PK\x03\x04 broken")
    assert corrections.unfold(broken, tmp_path) is None


def test_settled_rows_are_not_offered(tmp_path) -> None:
    file = source([{"a": "1"}, {"a": "2"}])
    SetAsideRow.objects.filter(row=5).update(state=SetAsideRow.State.DISMISSED)
    path = tmp_path / "p.xlsx"
    path.write_bytes(corrections.write(file))
    (part,) = corrections.unfold(path, tmp_path) or []
    assert read(part.path) == [["a"], ["2"]]
