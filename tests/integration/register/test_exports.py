"""What leaves the register: files, map and timeline data, API."""

from __future__ import annotations

import csv
import io
import json
from datetime import date

import pytest
from openpyxl import load_workbook
from tests.integration.register.conftest import line, picture

from rakorsus.engine.cells import safe_cell
from rakorsus.stages.register import panels
from rakorsus.stages.register.actions import publish
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.queries import listing

pytestmark = pytest.mark.django_db


def body(answer) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def table(answer) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body(answer).decode("utf-8-sig"))))


def test_csv_holds_the_filtered_lines_in_order(client, city):
    rows = table(client.get("/program/unduh/csv/?tingkat=paket&urut=nama"))
    assert [r["kunci"] for r in rows] == [
        "paket_penyedia:2", "paket_swakelola:3", "tender:9", "paket_penyedia:1",
    ]  # fmt: skip
    assert list(rows[0]) == list(listing.EXPORTED)
    assert (rows[2]["nilai_kontrak"], rows[2]["mulai"]) == ("450000000", "2025-04-01")
    assert rows[0]["lokasi_menurut_berkas"] == "Kelurahan Baraya Kecamatan Bontoala"


def test_xlsx_holds_numbers_and_dates(client, city):
    book = load_workbook(io.BytesIO(body(client.get("/program/unduh/xlsx/?sumber=tender"))))
    heads, row = list(book.active.iter_rows(values_only=True))
    values = dict(zip(heads, row, strict=True))
    assert values["nilai_kontrak"] == 450_000_000
    assert values["mulai"].date() == date(2025, 4, 1)


FORMULAS = ["=1+1", "+SUM(A1)", "-2", "@cmd", "\t=1", " =HYPERLINK(0)", "\r=1"]


def test_no_export_carries_a_formula(client, installation):
    rows = [line(f"dpa:{n}", title=f"{f} jalan", description=f) for n, f in enumerate(FORMULAS)]
    publish(installation, picture(*rows))
    for row in table(client.get("/program/unduh/csv/")):
        assert not row["nama"].startswith(("=", "+", "-", "@", "\t"))
    sheet = load_workbook(io.BytesIO(body(client.get("/program/unduh/xlsx/")))).active
    assert all(cell.data_type != "f" for row in sheet.iter_rows() for cell in row)
    for row in table(client.get("/program/versi/1/unduh.csv")):
        assert not row["nama"].startswith(("=", "+", "-", "@", "\t"))


@pytest.mark.parametrize("text", FORMULAS)
def test_dangerous_texts_get_an_apostrophe(text):
    assert safe_cell(text) == "'" + text


@pytest.mark.parametrize("value", [None, 5, -5, 1.5, date(2025, 1, 1), "biasa", "", "a=b"])
def test_other_values_pass(value):
    assert safe_cell(value) == value


def test_json_and_geojson(client, city):
    rows = json.loads(body(client.get("/program/unduh/json/?q=pipa")))
    assert [(r["kunci"], r["pagu"]) for r in rows] == [("paket_penyedia:2", 300_000_000)]
    features = json.loads(body(client.get("/program/unduh/geojson/")))["features"]
    found = {f["properties"]["kunci"]: f for f in features}
    assert set(found) == {"paket_penyedia:1", "paket_penyedia:2", "tender:9", "paket_swakelola:3"}
    assert found["paket_swakelola:3"]["geometry"]["coordinates"] == [119.46, -5.15]
    assert found["paket_swakelola:3"]["properties"]["approximate"] is True


def test_an_empty_export_is_well_formed(client, db):
    assert json.loads(body(client.get("/program/unduh/json/"))) == []
    assert json.loads(body(client.get("/program/unduh/geojson/")))["features"] == []
    assert table(client.get("/program/unduh/csv/")) == []
    assert load_workbook(io.BytesIO(body(client.get("/program/unduh/xlsx/")))).active.max_row == 1


def test_changes_as_csv(client, city, installation):
    publish(installation, picture(line("tender:9", title="Baru", budget=7)), partial=True)
    rows = table(client.get("/program/versi/2/unduh.csv"))
    assert {r["kolom"] for r in rows} >= {"title", "budget"}
    assert {r["kunci"] for r in rows} == {"tender:9"}
    title = next(r for r in rows if r["kolom"] == "title")
    assert (title["sebelum"], title["sesudah"]) == ("Rehabilitasi drainase Baraya", "Baru")


def areas(client, address: str) -> dict[str, dict]:
    features = json.loads(client.get(address).content)["features"]
    return {f["properties"]["code"]: f for f in features if f["properties"]["kind"] == "area"}


def test_map_areas_have_numbers_and_say_when_they_are_approximate(client, city):
    found = areas(client, "/program/peta.geojson?tingkat=paket")
    assert set(found) == {"73.71.06.1001", "73.71.06.1002", "73.71.10.1001"}
    baraya = found["73.71.06.1001"]
    assert (baraya["properties"]["count"], baraya["properties"]["money"]) == (3, 1_250_000_000)
    assert baraya["properties"]["approximate"] is False
    assert baraya["geometry"]["type"] == "Polygon"
    assert found["73.71.10.1001"]["properties"]["approximate"] is True
    assert found["73.71.06.1002"]["properties"]["count"] == 0
    assert "perkiraan di sekitar titik pusat" in client.get("/program/peta/").content.decode()


def test_the_map_takes_the_filters(client, city):
    assert (
        areas(client, "/program/peta.geojson?q=pipa")["73.71.06.1001"]["properties"]["count"] == 1
    )
    assert set(areas(client, "/program/peta.geojson?wilayah=73.71.10")) == {"73.71.10.1001"}


def test_drawn_lines_are_points_on_the_map(client, installation):
    shape = "LINESTRING (119.42 -5.13, 119.44 -5.13)"
    publish(installation, picture(line("dpa:1", geometry=shape)))
    program = Program.objects.get()
    assert (program.min_lon, program.max_lon) == (119.42, 119.44)
    features = json.loads(client.get("/program/peta.geojson").content)["features"]
    point = next(f for f in features if f["properties"]["kind"] == "program")
    assert point["properties"]["url"] == "/program/dpa:1/"
    lon, lat = point["geometry"]["coordinates"]
    assert 119.42 <= lon <= 119.44
    assert lat == pytest.approx(-5.13)


def test_a_shape_that_cannot_be_read_is_no_point(installation):
    publish(
        installation,
        picture(line("dpa:1", geometry="LINGKARAN 5"), line("dpa:2", geometry="POINT EMPTY")),
    )
    assert set(Program.objects.values_list("lon", flat=True)) == {None}


def test_timeline_holds_firm_periods(client, city):
    data = json.loads(client.get("/program/waktu.json").content)
    assert (data["from"], data["to"], data["count"]) == ("2025-01-01", "2025-12-31", 3)
    assert [(i["start"], i["end"], i["grade"]) for i in data["items"]] == [
        ("2025-03-01", "2025-05-31", "quarter"), ("2025-03-01", "2025-05-31", "quarter"),
        ("2025-04-01", "2025-07-01", "contract"),
    ]  # fmt: skip
    table = client.get("/program/waktu/").context["table"]
    works = next(r for r in table if r["code"] == "1.03.01")
    assert works["months"] == [0, 0, 1, 2, 2, 1, 1, 0, 0, 0, 0, 0]
    assert works["vague"] == 1


def test_the_timeline_marks_what_later_stages_know(client, city):
    known = Program.objects.get(key="tender:9").pk
    mark = lambda actor, ids: {known: "clash"} if known in ids else {}  # noqa: E731
    panels.add_marks(mark)
    try:
        items = json.loads(client.get("/program/waktu.json").content)["items"]
    finally:
        panels._marks.remove(mark)
    assert [i.get("mark") for i in items] == [None, None, "clash"]


def test_api_lists_with_the_same_filters(client, city):
    found = client.get("/api/v1/programs?level=paket&place=73.71.06&order=title&size=2").json()
    assert (found["count"], found["pages"]) == (3, 2)
    assert [i["key"] for i in found["items"]] == ["paket_penyedia:2", "tender:9"]
    assert found["items"][1]["agency"] == {"code": "1.03.01", "name": "Dinas Pekerjaan Umum"}
    last = client.get(
        "/api/v1/programs?level=paket&place=73.71.06&order=title&size=2&page=2"
    ).json()
    assert [i["key"] for i in last["items"]] == ["paket_penyedia:1"]


def test_api_details(client, city):
    one = client.get("/api/v1/programs/paket_penyedia:1").json()
    assert (one["tags"], one["parent"], one["version"]) == (["Banjir"], "subkegiatan:77", 1)
    assert one["places"][0]["region"] == "73.71.06.1001"
    change = client.get("/api/v1/versions/1/changes?kind=added&q=pipa").json()
    assert [c["key"] for c in change["items"]] == ["paket_penyedia:2"]


@pytest.mark.parametrize(
    "query", ["order=apa", "page=0", "size=9999", "level=x", "begins=kemarin", "least=-1"]
)
def test_api_refuses_what_makes_no_sense(client, city, query):
    assert client.get(f"/api/v1/programs?{query}").status_code == 422
