"""Groups of agencies by the first digit of their code, in the order in which they present."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Final

from rakorsus.engine.records import Text


@dataclass(frozen=True, slots=True)
class Group:
    """`order` counts from 1; `digits` are the first digits of the codes, none for companies."""

    order: int
    name: Text
    digits: str


#: The nomenclature's affairs and elements; companies have no code and come before the areas.
GROUPS: Final = (
    Group(1, Text("Urusan wajib pelayanan dasar", "Basic services"), "1"),
    Group(2, Text("Urusan wajib bukan pelayanan dasar", "Obligatory affairs"), "2"),
    Group(3, Text("Urusan pilihan", "Optional affairs"), "3"),
    Group(4, Text("Unsur pendukung dan pengawasan", "Support and oversight"), "46"),
    Group(5, Text("Unsur penunjang", "Supporting functions"), "5"),
    Group(6, Text("Perusahaan daerah", "City companies"), ""),
    Group(7, Text("Unsur kewilayahan", "Areas"), "7"),
    Group(8, Text("Unsur pemerintahan umum", "General government"), "8"),
)

_COMPANIES: Final = GROUPS[5]


def group_of(code: str | None) -> Group:
    """The group of an agency's code such as 1.03.0.00.0.00.01.0000; companies where it has none."""
    first = (code or "").strip()[:1]
    return next((g for g in GROUPS if first and first in g.digits), _COMPANIES)


def in_order(agencies: Iterable[str], codes: Mapping[str, str | None]) -> list[str]:
    """Agencies group by group, inside a group by code, then by name."""
    return sorted(
        agencies, key=lambda a: (group_of(codes.get(a)).order, (codes.get(a) or "").strip(), a)
    )
