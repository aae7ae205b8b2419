"""Names of kinds, severities, grades and reasons as pages show them."""

from __future__ import annotations

from typing import Final

from rakorsus.engine.records import FindingKind, Severity, Text

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
