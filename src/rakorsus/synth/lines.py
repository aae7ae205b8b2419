"""One synthetic program line, as the city's planning and procurement files would carry it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date


@dataclass(frozen=True, slots=True)
class Line:
    """A package of the procurement plan with what later became of it. Money in whole rupiah."""

    number: int  # kd_rup
    agency: str  # short name
    code: str  # sub kegiatan
    title: str
    place: str
    budget: int
    volume: str
    method: str  # Swakelola, or how a provider is chosen
    account: str
    start: date
    end: date
    description: str = ""
    people: str = ""
    tender_start: date | None = None
    tender_end: date | None = None
    announced: date | None = None
    tender_status: str = ""  # Selesai | Gagal | Berlangsung, when announced
    contract: tuple[date, date, int] | None = None  # start, end, value
    contract_place: str = ""
    strategic: bool = False
    owner: str = ""

    @property
    def own_work(self) -> bool:
        return self.method == "Swakelola"

    def but(self, **changes: object) -> Line:
        return replace(self, **changes)  # type: ignore[arg-type]
