"""What the city's own works have spent by the eve of the meeting, as the records and payments of
the procurement service say it (`swakelola_pencatatan`, `swakelola_realisasi`).

The pace of Public Works retells what the press reported of 2022 (1.8 percent by the end of May);
every amount is made up. Not every work is recorded, as in real files.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any, Final, NamedTuple

from rakorsus.synth.lines import Line

_SEED: Final = 20220311
_REPORTING: Final = 0.8  # share of works with a record
_FIRST: Final = 10_000_000
#: share of the plan until the day that is spent, by agency; the others' between the two of `_USUAL`
_SLOW: Final[Mapping[str, float]] = {"Dinas PU": 0.09, "Disperkim": 0.36, "Disdag": 0.31}
_USUAL: Final = (0.62, 1.04)
_PAID: Final = ((1, 28), (2, 25), (3, 11))  # month, day

Head = Callable[[Line], dict[str, Any]]


class Spent(NamedTuple):
    """A work's record: its payments by day, in whole rupiah."""

    line: Line
    payments: tuple[tuple[date, int], ...]

    @property
    def key(self) -> int:
        return _FIRST + self.line.number

    @property
    def total(self) -> int:
        return sum(amount for _, amount in self.payments)


def spent(lines: Iterable[Line], today: date) -> list[Spent]:
    """Records of the self-managed works that have begun; the same lines give the same records."""
    draw = random.Random(_SEED)
    paces: dict[str, float] = {}
    found = []
    for line in lines:
        pace = paces.setdefault(line.agency, _SLOW.get(line.agency, draw.uniform(*_USUAL)))
        share = pace * draw.uniform(0.8, 1.2)
        recorded = draw.random() < _REPORTING
        if line.own_work and recorded and (today - line.start).days > 30:
            found.append(Spent(line, tuple(_payments(line, today, share))))
    return found


def _payments(line: Line, today: date, share: float) -> Iterator[tuple[date, int]]:
    """Equal payments, together that share of what the line's period should have cost by the day."""
    days = [date(today.year, *when) for when in _PAID]
    days = [day for day in days if line.start <= day <= today]
    passed = (min(today, line.end) - line.start).days + 1
    planned = line.budget * passed // ((line.end - line.start).days + 1)
    whole = min(int(planned * share), line.budget) // 1000 * 1000
    for number, day in enumerate(days):
        part = whole // len(days) // 1000 * 1000
        yield day, part if number else whole - part * (len(days) - 1)


def records(made: Iterable[Spent], head: Head) -> list[dict[str, Any]]:
    """Rows of `swakelola_pencatatan`."""
    return [
        head(s.line) | {
            "kd_rup": str(s.line.number),
            "kd_swakelola_pct": s.key,
            "nama_paket": s.line.title,
            "pagu": s.line.budget,
            "total_realisasi": s.total,
            "sumber_dana": "APBD",
            "uraian_pekerjaan": "",
            "tipe_swakelola": 1,
            "status_swakelola_pct": "Aktif",
            "status_swakelola_pct_ket": "Paket Sedang Berjalan",
            "tgl_mulai_paket": f"{s.line.start.isoformat()} 00:00:00",
            "tgl_selesai_paket": f"{s.line.end.isoformat()} 00:00:00",
        }
        for s in made
    ]  # fmt: skip


def payments(made: Iterable[Spent], head: Head) -> list[dict[str, Any]]:
    """Rows of `swakelola_realisasi`."""
    return [
        {name: value for name, value in head(s.line).items() if name.startswith(("tahun", "kd_"))}
        | {
            "kd_swakelola_pct": s.key,
            "jenis_realisasi": "Kwitansi",
            "no_realisasi": f"{s.line.number % 100_000:05d}/{number}/{day.year}",
            "tgl_realisasi": f"{day.isoformat()} 00:00:00",
            "nilai_realisasi": amount,
        }
        for s in made
        for number, (day, amount) in enumerate(s.payments, 1)
    ]
