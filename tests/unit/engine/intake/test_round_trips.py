"""The template, the set-aside workbook and remembered mappings come back as what they were."""

import io
from datetime import date

import openpyxl
import pytest
from hypothesis import Phase, given, settings
from hypothesis import strategies as st

from rakorsus.engine.intake import (
    Mapping,
    first_tables,
    join,
    propose,
    read_bytes,
    signature,
    write_rows,
    write_set_aside,
    write_template,
)

_AGENCY = "1.03.0.00.0.00.01.0000"


def written(write, *args, **more):
    data = io.BytesIO()
    write(data, *args, **more)
    return data.getvalue()


def test_a_blank_template_is_recognised_and_has_its_lists():
    data = written(
        write_template,
        agencies=[(_AGENCY, "Dinas PU")],
        activities=[("1.03.10.2.01.0032", "Pembangunan Jalan")],
        year=2025,
    )
    (file,) = read_bytes("t.xlsx", data).files
    assert (file.kind, file.read) == ("template", 0)
    assert "Tidak ada baris data" in file.reason.id
    book = openpyxl.load_workbook(io.BytesIO(data))
    assert book.sheetnames == ["Program", "Petunjuk", "Daftar"]
    lists = {v.formula1 for v in book["Program"].data_validations.dataValidation}
    assert "Daftar!$A$2:$A$2" in {x.lstrip("=") for x in lists}
    assert book["Program"]["A1"].comment is not None


@settings(max_examples=15, deadline=None, phases=[Phase.explicit, Phase.generate])
@given(
    st.lists(
        st.fixed_dictionaries(
            {
                "title": st.text('Abc =+-@";,é1', min_size=1, max_size=20).filter(
                    lambda t: any(c.isalnum() for c in t)
                ),
                "budget": st.integers(0, 10**13),
                "start": st.dates(date(2020, 1, 1), date(2024, 12, 31)),
                "place": st.sampled_from([None, "Kel. Lette", "Jl. A; Jl. B"]),
                "strategic": st.sampled_from([None, True, False]),
            }
        ),
        min_size=1,
        max_size=8,
    )
)
def test_rows_of_the_template_come_back(rows):
    full = [
        {"id": f"A-{n}", "year": 2025, "agency": f"{_AGENCY} Dinas PU", "tags": ["x", "y"], **row}
        for n, row in enumerate(rows)
    ]
    picture = join(read_bytes("t.xlsx", written(write_rows, full)))
    lines = {r["id"]: r for r in picture.programs.to_dicts()}
    assert set(lines) == {row["id"] for row in full}
    for row in full:
        line = lines[row["id"]]
        assert line["title"] == " ".join(row["title"].split())
        assert (line["budget"], line["start"]) == (row["budget"], row["start"])
        assert line["places"] == (
            [p.strip() for p in row["place"].split(";")] if row["place"] else None
        )
        assert line["strategic"] == bool(row["strategic"])
        assert (line["agency"], line["tags"]) == (_AGENCY, ["x", "y"])


def test_outside_bodies_stand_with_code_and_name():
    rows = [{"id": "L-1", "year": 2022, "agency": "LUAR.PLN", "agency_name": "PT PLN (Persero)",
             "title": "Tanam kabel"}]  # fmt: skip
    picture = join(read_bytes("t.xlsx", written(write_rows, rows)))
    assert picture.programs["agency"].to_list() == ["LUAR.PLN"]
    assert picture.agencies.select("code", "name", "kind").rows() == [
        ("LUAR.PLN", "PT PLN (Persero)", "outside")
    ]


_PACKAGES = (
    "kd_rup,nama_paket,pagu,tipe_swakelola,tgl_awal_pelaksanaan_kontrak\n"
    "1,=HYPERLINK(1),10,1,2025-01-01\n"
    "2,@b,sepuluh,1,2025-01-01\n"
    "3,+c,30,1,kapan-kapan\n"
    "x,d,40,1,\n"
)


def test_corrected_rows_come_back_as_their_kind_at_their_first_place():
    reading = read_bytes("p.csv", _PACKAGES.encode())
    (file,) = reading.files
    assert file.kind == "paket_swakelola"
    assert [(r.problem.row, r.problem.column) for r in file.set_aside] == [
        (3, "pagu"), (4, "tgl_awal_pelaksanaan_kontrak"), (5, "kd_rup"),
    ]  # fmt: skip
    data = written(write_set_aside, file.set_aside)
    book = openpyxl.load_workbook(io.BytesIO(data))
    sheet = book.active
    names = [c.value for c in sheet[1]]
    cells = [c for row in sheet.iter_rows() for c in row]
    assert all(c.data_type != "f" for c in cells)
    assert sheet.cell(2, names.index("nama_paket") + 1).value == "'@b"
    assert "bukan jumlah uang" in sheet.cell(2, names.index("Alasan Disisihkan") + 1).value
    for row, column, value in ((2, "pagu", 20), (3, "tgl_awal_pelaksanaan_kontrak", "1/2/2025"),
                               (4, "kd_rup", 4)):  # fmt: skip
        sheet.cell(row, names.index(column) + 1).value = value
    again = io.BytesIO()
    book.save(again)
    corrected = read_bytes("p-perbaikan.xlsx", again.getvalue())
    table = corrected.table("paket_swakelola")
    assert table.select("package", "title", "budget", "row").rows() == [
        ("2", "@b", 20, 3), ("3", "+c", 30, 4), ("4", "d", 40, 5),
    ]  # fmt: skip


_UNKNOWN = (
    "No;Usulan Pekerjaan;Dinas Pengusul;Desa;Biaya (Rp);Waktu;Email\n"
    "1;Perbaikan jembatan;Dinas PU;Desa Baru;1.500.000;Maret 2025;a@b.go.id\n"
    "2;Pengadaan bibit;Dinas Pertanian;Desa Lama;750.000;April 2025;c@d.go.id\n"
)


def test_an_unknown_table_waits_for_its_mapping_and_is_then_read():
    waiting = read_bytes("u.csv", _UNKNOWN.encode())
    (file,) = waiting.files
    assert (file.kind, file.read, file.accepted, len(file.set_aside)) == ("unknown", 2, 0, 2)
    assert "pemetaan" in file.reason.id
    assert "a@b" not in repr(waiting)
    (table,) = first_tables("u.csv", _UNKNOWN.encode())
    proposal = propose(table)
    assert dict(proposal.columns) == {
        "title": "Usulan Pekerjaan", "agency": "Dinas Pengusul", "place": "Desa",
        "budget": "Biaya (Rp)", "start": "Waktu",
    }  # fmt: skip
    assert all(0.3 <= c <= 1 for c in proposal.confidence.values())
    assert proposal.complete
    remembered = Mapping.from_json({**proposal.to_json(), "constants": {"year": "2025"}})
    assert remembered.signature == file.sheets[0].signature == signature(table.header)
    reading = read_bytes("u.csv", _UNKNOWN.encode(), mappings={remembered.signature: remembered})
    assert (reading.files[0].kind, reading.accepted) == ("mapped", 2)
    lines = join(reading).programs.sort("title")
    assert lines.select("title", "budget", "start", "year").rows() == [
        ("Pengadaan bibit", 750_000, date(2025, 4, 1), 2025),
        ("Perbaikan jembatan", 1_500_000, date(2025, 3, 1), 2025),
    ]
    assert lines["source"].unique().to_list() == ["other"]


@pytest.mark.parametrize("missing", ["title", "agency"])
def test_a_mapping_without_title_or_agency_is_not_used(missing):
    (table,) = first_tables("u.csv", _UNKNOWN.encode())
    proposal = propose(table)
    columns = {k: v for k, v in proposal.columns.items() if k != missing}
    partial = Mapping(proposal.signature, columns)
    reading = read_bytes("u.csv", _UNKNOWN.encode(), mappings={partial.signature: partial})
    assert reading.files[0].kind == "unknown"
