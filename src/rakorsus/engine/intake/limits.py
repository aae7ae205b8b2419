"""How much of a file is taken: what goes beyond is refused with a reason, never read halfway."""

from __future__ import annotations

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Sizes in bytes; `cells` is rows times columns of one sheet, blank cells included.

    `ratio` bounds how many times larger a packed member may become (a bomb's mark); members that
    unpack to less than a megabyte are not judged by it.
    """

    file: int = 100 * MEGABYTE
    unpacked: int = 600 * MEGABYTE
    ratio: int = 200
    members: int = 2_000
    sheets: int = 200
    rows: int = 1_000_000
    columns: int = 400
    cells: int = 20_000_000
