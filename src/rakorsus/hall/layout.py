"""Where things stand in the hall, in metres: x to the right, z towards the entrance, the stage at
negative z. The same numbers draw the plan, the 3D view, and bound the walking."""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import Final

#: Half width, and z from the stage's front to the back of the corridor: nobody walks farther.
BOUNDS: Final = {"x": (-66.0, 66.0), "z": (-40.0, 56.0)}
SPAWN: Final = (0.0, 47.0)
MOST_BOOTHS: Final = 96
MOST_TABLES: Final = 32

_BOOTH = 3.8  # width of a booth with its gap
_CENTRE = (0.0, 2.0)
_FIRST_ROW, _ROW = 36.0, 7.6
_FROM, _TO = math.radians(-39), math.radians(17)  # of the side axis, towards the stage first
_COLUMNS = (11.5, 18.0, 24.5, 31.0)
_ROWS = (17.0, 23.5, 30.0, 36.5)


@dataclass(frozen=True)
class Spot:
    """A place and the direction it faces: yaw in radians, 0 looks to negative z."""

    x: float
    z: float
    yaw: float

    def plain(self) -> dict[str, float]:
        return {"x": round(self.x, 2), "z": round(self.z, 2), "yaw": round(self.yaw, 3)}


def booths(count: int) -> list[Spot]:
    """Places of booths on both sides of the square, the inner rows first, facing its middle."""
    spots: list[Spot] = []
    row = 0
    while len(spots) < min(count, MOST_BOOTHS):
        radius = _FIRST_ROW + row * _ROW
        room = int((_TO - _FROM) * radius / _BOOTH)
        wanted = min(room, math.ceil((min(count, MOST_BOOTHS) - len(spots)) / 2))
        middle = (_FROM + _TO) / 2
        for side in (-1, 1):
            for n in range(wanted):
                if len(spots) == min(count, MOST_BOOTHS):
                    break
                angle = middle + (n - (wanted - 1) / 2) * _BOOTH / radius
                x = _CENTRE[0] + side * radius * math.cos(angle)
                z = _CENTRE[1] + radius * math.sin(angle)
                spots.append(Spot(x, z, _towards(x, z, 0.0, -2.0)))
        row += 1
    return spots


def tables(count: int) -> list[Spot]:
    """Places of the synchronisation tables on both sides of the avenue, the nearest first."""
    found = [
        Spot(side * x, z, 0.0)
        for z in _ROWS
        for x in _COLUMNS
        for side in (-1, 1)
    ]  # fmt: skip
    found.sort(key=lambda s: (abs(s.x) + 0.8 * (s.z - _ROWS[0]), s.x))
    return found[:count]


def _towards(x: float, z: float, to_x: float, to_z: float) -> float:
    """The yaw that looks from one place to another."""
    return math.atan2(-(to_x - x), -(to_z - z))
