"""Writes the demonstration city as the files that agencies already have.

The forms are those of the procurement-plan service (JSON and CSV), the agency list, the targets of
the RPJMD and the product's own template, so that the demonstration goes through the same door as
real files. Column names are the service's own.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from rakorsus.synth import spending
from rakorsus.synth.city import TODAY, YEAR, City
from rakorsus.synth.lines import Line
from rakorsus.synth.makassar.agencies import ALL, BY_CODE, BY_SHORT, OUTSIDE, Office
from rakorsus.synth.makassar.targets import TARGETS
from rakorsus.synth.nomenclature import Activity, nomenclature
from rakorsus.synth.places import Village, villages

_HEAD = {
    "tahun_anggaran": YEAR,
    "kd_klpd": "D999",
    "nama_klpd": "Kota Makassar",
    "jenis_klpd": "KOTA",
}
_OWN = {office.short for office in OUTSIDE} | {"PDAM"}  # bodies outside the procurement service


def write(city: City, folder: Path) -> list[Path]:
    """Write all files into the folder; returns them in a stable order."""
    folder.mkdir(parents=True, exist_ok=True)
    inside = [line for line in city.lines if line.agency not in _OWN]
    activities = nomenclature()
    tree = _Tree(inside, activities)
    _areas(folder / "wilayah.csv")
    _json(folder / "master_satker.json", [_satker(office) for office in ALL])
    _json(folder / "program_master.json", tree.programs())
    _json(folder / "kegiatan_master.json", tree.kegiatan())
    _json(folder / "subkegiatan_master.json", tree.sub_kegiatan())
    own = [line for line in inside if line.own_work]
    bought = [line for line in inside if not line.own_work]
    _csv(folder / "paket_swakelola.csv", [_own_work(line) for line in own])
    _csv(folder / "paket_penyedia.csv", [_bought(line) for line in bought])
    _csv(folder / "lokasi.csv", [_place(line) for line in inside])
    _json(folder / "tender_pengumuman.json", [_announcement(a) for a in bought if a.announced])
    _json(folder / "tender_kontrak.json", [_contract(line) for line in bought if line.contract])
    spent = spending.spent(own, TODAY)
    _json(folder / "swakelola_pencatatan.json", spending.records(spent, _head))
    _json(folder / "swakelola_realisasi.json", spending.payments(spent, _head))
    _targets(folder / "rpjmd_sasaran.xlsx")
    _strategic(folder / "program_strategis.xlsx", [line for line in inside if line.strategic])
    _outside(folder / "pekerjaan_lembaga_luar.xlsx",
             [line for line in city.lines if line.agency in _OWN])  # fmt: skip
    return sorted(folder.iterdir())


def _satker_key(office: Office) -> int:
    return 70_000 + ALL.index(office)


def _head(line: Line) -> dict[str, Any]:
    office = BY_SHORT[line.agency]
    return {
        **_HEAD,
        "kd_satker": _satker_key(office),
        "kd_satker_str": office.code,
        "nama_satker": office.name.upper(),
    }


def _satker(office: Office) -> dict[str, Any]:
    return {
        "kd_satker": _satker_key(office),
        "kd_satker_str": office.code,
        "nama_satker": office.name.upper(),
        "status_satker": "Aktif",
        "jenis_satker": "SKPD",
        **{key: _HEAD[key] for key in ("kd_klpd", "nama_klpd", "jenis_klpd")},
    }


def _own_work(line: Line) -> dict[str, Any]:
    return _head(line) | {
        "kd_rup": line.number,
        "nama_paket": line.title,
        "pagu": line.budget,
        "tipe_swakelola": 1,
        "volume_pekerjaan": line.volume,
        "uraian_pekerjaan": _described(line),
        "tgl_awal_pelaksanaan_kontrak": line.start.isoformat(),
        "tgl_akhir_pelaksanaan_kontrak": line.end.isoformat(),
        "status_aktif_rup": "true",
        "status_delete_rup": "false",
        "status_umumkan_rup": "Terumumkan",
    }


def _bought(line: Line) -> dict[str, Any]:
    return _head(line) | {
        "kd_rup": line.number,
        "nama_paket": line.title,
        "pagu": line.budget,
        "metode_pengadaan": line.method,
        "jenis_pengadaan": _kind(line),
        "volume_pekerjaan": line.volume,
        "uraian_pekerjaan": _described(line),
        "tgl_awal_pemilihan": _iso(line.tender_start),
        "tgl_akhir_pemilihan": _iso(line.tender_end),
        "tgl_awal_kontrak": line.start.isoformat(),
        "tgl_akhir_kontrak": line.end.isoformat(),
        "tgl_awal_pemanfaatan": line.end.isoformat(),
        "tgl_akhir_pemanfaatan": date(YEAR, 12, 31).isoformat(),
        "status_aktif_rup": "true",
        "status_umumkan_rup": "Terumumkan",
    }


def _described(line: Line) -> str:
    people = f" Sasaran: {line.people}." if line.people else ""
    return f"{line.description or line.title}.{people}"


def _kind(line: Line) -> str:
    construction = line.account.startswith(("5.2.03", "5.2.04"))
    if construction:
        return "Pekerjaan Konstruksi"
    return "Barang" if line.account.startswith("5.1.02.01") else "Jasa Lainnya"


def _place(line: Line) -> dict[str, Any]:
    return _head(line) | {
        "kd_rup": line.number,
        "detail_lokasi": line.place,
        "kd_kab_kota": 7371,
        "kab_kota": "Makassar (Kota)",
        "kd_provinsi": 73,
        "provinsi": "Sulawesi Selatan",
    }


def _announcement(line: Line) -> dict[str, Any]:
    status = line.tender_status
    return _head(line) | {
        "kd_tender": _tender_key(line),
        "kd_rup": str(line.number),
        "nama_paket": line.title,
        "pagu": line.budget,
        "hps": int(line.budget * 0.995),
        "sumber_dana": "APBD",
        "mak": f"{line.code}.{line.account}",
        "jenis_pengadaan": _kind(line),
        "mtd_pemilihan": line.method,
        "status_tender": status,
        "tgl_pengumuman_tender": f"{_iso(line.announced)} 10:00:00",
        "versi_tender": 1,
        "ket_ditutup": "Tidak ada peserta yang memenuhi syarat" if status == "Gagal" else None,
        "lokasi_pekerjaan": f"{line.contract_place or line.place} - Makassar (Kota)",
    }


def _contract(line: Line) -> dict[str, Any]:
    assert line.contract is not None
    start, end, value = line.contract
    return _head(line) | {
        "kd_tender": _tender_key(line),
        "nama_paket": line.title,
        "no_kontrak": f"{line.number % 1000:03d}/SPK/{YEAR}",
        "tgl_kontrak": f"{start.isoformat()}T00:00:00.000000Z",
        "tgl_kontrak_awal": f"{start.isoformat()}T00:00:00.000000Z",
        "tgl_kontrak_akhir": f"{end.isoformat()}T00:00:00.000000Z",
        "nilai_kontrak": value,
        "status_kontrak": "Kontrak Sedang Berjalan",
    }


def _tender_key(line: Line) -> int:
    return 20_000_000 + line.number


class _Tree:
    """Program, kegiatan and sub kegiatan above the packages, per agency, with their sums.

    One kegiatan is written with a sum that disagrees with its sub kegiatan (a planted mismatch).
    """

    def __init__(self, lines: Iterable[Line], activities: Mapping[str, Activity]) -> None:
        self.activities = activities
        self.sums: dict[tuple[str, str], int] = {}
        for line in lines:
            key = (_budget_holder(line.agency), line.code)
            self.sums[key] = self.sums.get(key, 0) + line.budget
        self.keys = {
            key: n + 1
            for n, key in enumerate(
                dict.fromkeys(
                    (agency, code[:cut]) for agency, code in self.sums for cut in (7, 12, len(code))
                )
            )
        }

    def _rows(self, cut: int | None) -> Iterable[tuple[str, str, int]]:
        sums: dict[tuple[str, str], int] = {}
        for (agency, code), money in self.sums.items():
            key = (agency, code[:cut])
            sums[key] = sums.get(key, 0) + money
        for (agency, code), money in sums.items():
            yield agency, code, money

    def _row(self, agency: str, code: str) -> dict[str, Any]:
        office = BY_SHORT[agency]
        return {**_HEAD, "kd_satker": _satker_key(office), "is_deleted": False} | {
            "kd_program": 500_000 + self.keys[agency, code[:7]]
        }

    def programs(self) -> list[dict[str, Any]]:
        return [
            self._row(agency, code)
            | {
                "kd_program_str": code,
                "nama_program": self._activity(code).program,
                "pagu_program": money,
            }
            for agency, code, money in self._rows(7)
        ]

    def kegiatan(self) -> list[dict[str, Any]]:
        return [
            self._row(agency, code)
            | {
                "kd_kegiatan": 600_000 + self.keys[agency, code],
                "kd_kegiatan_str": code,
                "nama_kegiatan": self._activity(code).kegiatan,
                "pagu_kegiatan": money
                + (1_750_000_000 if (agency, code) == ("Disdik", "1.01.02.2.01") else 0),
            }
            for agency, code, money in self._rows(12)
        ]

    def sub_kegiatan(self) -> list[dict[str, Any]]:
        return [
            self._row(agency, code)
            | {
                "kd_kegiatan": 600_000 + self.keys[agency, code[:12]],
                "kd_subkegiatan": 700_000 + self.keys[agency, code],
                "kd_subkegiatan_str": code,
                "nama_subkegiatan": self._activity(code).title,
                "pagu_subkegiatan": money,
            }
            for agency, code, money in self._rows(None)
        ]

    def _activity(self, code: str) -> Activity:
        for known, activity in self.activities.items():
            if known.startswith(code) or (code[5:7] == "01" and known[4:].startswith(code[4:])):
                return activity
        raise KeyError(code)


def _budget_holder(short: str) -> str:
    """A kelurahan has no budget document of its own: its packages stand below its kecamatan's."""
    office = BY_SHORT[short]
    return BY_CODE[office.parent].short if office.kind == "kelurahan" and office.parent else short


def _targets(path: Path) -> None:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.title = "Sasaran RPJMD"
    sheet.append(["SASARAN DAERAH RPJMD KOTA MAKASSAR 2021-2026 (PERAGAAN)"])
    sheet.append([])
    sheet.append(["No", "Sasaran", "Indikator", "Satuan", "Kondisi Awal", "Target 2022",
                  "Kode Program", "Perangkat Daerah Penanggung Jawab"])  # fmt: skip
    for number, target in enumerate(TARGETS, 1):
        sheet.append([number, *target])
    book.save(path)


def _outside(path: Path, lines: Iterable[Line]) -> None:
    """Works of utilities and vertical offices, in the product's own template."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nomor baris", "Tahun anggaran", "Perangkat daerah", "Nama perangkat daerah",
                  "Nama pekerjaan", "Uraian", "Lokasi", "Tanggal mulai", "Tanggal selesai",
                  "Pagu (Rp)", "Volume"])  # fmt: skip
    for line in lines:
        office = BY_SHORT[line.agency]
        sheet.append([f"L-{line.number}", YEAR, office.code, office.name, line.title,
                      line.description, line.place, line.start, line.end, line.budget,
                      line.volume])  # fmt: skip
    book.save(path)


def _strategic(path: Path, lines: Iterable[Line]) -> None:
    """The mayor's list of strategic programs: numbers of packages that other files describe."""
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    sheet.append(["Nomor baris", "Tahun anggaran", "Perangkat daerah", "Nama pekerjaan",
                  "Program strategis", "Jabatan penanggung jawab"])  # fmt: skip
    for line in lines:
        sheet.append([str(line.number), YEAR, BY_SHORT[line.agency].code, line.title, "Ya",
                      line.owner])  # fmt: skip
    book.save(path)


def _areas(path: Path) -> None:
    """Codes, names and centre points of the city, its kecamatan and kelurahan."""
    districts: dict[str, list[Village]] = {}
    for village in villages():
        districts.setdefault(village.code[:8], []).append(village)
    rows: list[dict[str, Any]] = [{"kode": "73.71", "nama": "Kota Makassar", "lat": "", "lon": ""}]
    for code, inside in districts.items():
        rows.append(_area(code, inside[0].district, inside))
        rows += [_area(v.code, v.name, [v]) for v in inside]
    _csv(path, rows)


def _area(code: str, name: str, inside: list[Village]) -> dict[str, Any]:
    lat, lon = (sum(getattr(v, axis) for v in inside) / len(inside) for axis in ("lat", "lon"))
    return {"kode": code, "nama": name, "lat": f"{lat:.4f}", "lon": f"{lon:.4f}"}


def _iso(day: date | None) -> str:
    return day.isoformat() if day else ""


def _json(path: Path, rows: list[dict[str, Any]]) -> None:
    path.write_text(json.dumps(rows, ensure_ascii=False, indent=1), encoding="utf-8")


def _csv(path: Path, rows: list[dict[str, Any]]) -> None:
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.DictWriter(file, fieldnames=list(rows[0]), quoting=csv.QUOTE_MINIMAL)
        writer.writeheader()
        writer.writerows(rows)
