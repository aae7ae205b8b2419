"""Names of kinds, severities, grades and reasons as pages show them."""

from __future__ import annotations

from typing import Final

from rakorsus.engine.records import DateGrade, FindingKind, PlaceGrade, Severity, Text

KINDS: Final = {
    FindingKind.DUPLICATE: Text("Duplikasi", "Duplication"),
    FindingKind.OVERLAP: Text("Tumpang tindih", "Overlap"),
    FindingKind.FRAGMENTATION: Text("Terpencar", "Fragmentation"),
    FindingKind.CLASH: Text("Bentrok", "Clash"),
    FindingKind.OPPORTUNITY: Text("Peluang gabung", "Opportunity"),
    FindingKind.ORDER: Text("Salah urut", "Wrong order"),
    FindingKind.GAP: Text("Celah", "Gap"),
    FindingKind.MISMATCH: Text("Tidak cocok", "Mismatch"),
    FindingKind.WARNING: Text("Peringatan dini", "Early warning"),
    FindingKind.UNCLEAR: Text("Perlu dilengkapi", "Unclear"),
    FindingKind.EXPECTED: Text("Wajar", "Expected"),
}
SEVERITIES: Final = {
    Severity.HIGH: Text("Tinggi", "High"),
    Severity.MEDIUM: Text("Sedang", "Medium"),
    Severity.LOW: Text("Rendah", "Low"),
}
PLACE_GRADES: Final = {
    PlaceGrade.NONE: Text("tidak jelas", "unclear"),
    PlaceGrade.REGENCY: Text("hanya kabupaten/kota", "regency only"),
    PlaceGrade.DISTRICT: Text("kecamatan", "kecamatan"),
    PlaceGrade.VILLAGE: Text("desa/kelurahan", "village"),
    PlaceGrade.HAMLET: Text("RW atau kampung", "RW or hamlet"),
    PlaceGrade.STREET: Text("jalan atau nama tempat", "street or named place"),
    PlaceGrade.POINT: Text("titik koordinat", "coordinates"),
}
DATE_GRADES: Final = {
    DateGrade.NONE: Text("tidak ada", "none"),
    DateGrade.YEAR: Text("sepanjang tahun", "whole year"),
    DateGrade.HALF: Text("lebih dari satu triwulan", "more than a quarter"),
    DateGrade.QUARTER: Text("satu triwulan", "a quarter"),
    DateGrade.DATES: Text("tanggal rencana", "planned dates"),
    DateGrade.CONTRACT: Text("tanggal kontrak", "contract dates"),
}
EXPECTED: Final = {
    "expected.zero": Text("Baris bayangan tanpa pagu", "Shadow lines without money"),
    "expected.cycle": Text("Satu paket, beberapa catatan", "One package, several records"),
    "expected.support": Text("Program penunjang", "Support program"),
    "expected.unit": Text("Perangkat daerah dan unitnya", "An agency and its unit"),
    "expected.reorganised": Text("Penataan organisasi", "Reorganisation"),
    "expected.series": Text("Tugas baku kewilayahan", "Standard task of a series of offices"),
    "expected.lots": Text("Paket bernomor dan tenaga", "Numbered lots and posts"),
    "expected.common": Text("Belanja atau tugas umum", "Everyday task"),
}
