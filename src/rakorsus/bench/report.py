"""The report of a bench: figures, ratios to ours, and in words where ours or the peer wins."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from itertools import product
from typing import Any, Literal

from rakorsus.bench.machine import machine

_SAME = 0.05  # a difference below a twentieth is noise


@dataclass(frozen=True, slots=True)
class Timing:
    """One contender: medians over its runs (seconds, MB), all runs, and the figures of the last.

    `cpu` counts children; `peak_mb` is everything resident, `before_mb` of it already there when
    the timed part began. With `trouble` there are no figures.
    """

    name: str
    wall: float = 0.0
    cpu: float = 0.0
    peak_mb: int = 0
    before_mb: int = 0
    walls: tuple[float, ...] = ()
    cpus: tuple[float, ...] = ()
    result: Mapping[str, Any] = field(default_factory=dict)
    versions: tuple[str, ...] = ()
    trouble: str = ""


@dataclass(frozen=True, slots=True)
class Target:
    """What was aimed at, what was measured, in words and numbers, and whether it is met."""

    what: str
    measured: str
    met: bool


@dataclass(frozen=True, slots=True)
class Report:
    """One bench: what was measured on what machine, our contender first.

    `quality`: figure of the results -> whether "more" or "less" is better.
    """

    name: str
    size: Mapping[str, Any]
    timings: tuple[Timing, ...]
    notes: tuple[str, ...] = ()
    quality: Mapping[str, Literal["more", "less"]] = field(default_factory=dict)
    targets: tuple[Target, ...] = ()
    machine: Mapping[str, Any] = field(default_factory=machine)

    def timing(self, name: str) -> Timing:
        return next(t for t in self.timings if t.name == name)

    def ratio(self, name: str, figure: str = "wall") -> float:
        """A peer's figure by ours: `wall`, `cpu`, `peak_mb` or a name of the results; 0 if unknown
        or when ours is 0."""
        ours, theirs = (_figure(t, figure) for t in (self.timings[0], self.timing(name)))
        return theirs / ours if ours and theirs is not None else 0.0

    def ratios(self) -> dict[str, dict[str, float]]:
        """Peer -> figure -> its value by ours; above 1 is slower or larger than ours."""
        figures = ["wall", "cpu", "peak_mb", *self.quality]
        return {
            t.name: {f: round(self.ratio(t.name, f), 3) for f in figures}
            for t in self.timings[1:]
            if not t.trouble
        }

    def wins(self) -> list[str]:
        """Where ours is better, one sentence a peer and figure."""
        return [said for good, said in self._comparisons() if good]

    def losses(self) -> list[str]:
        """Where the peer wins, one sentence a peer and figure."""
        return [said for good, said in self._comparisons() if not good]

    def as_dict(self) -> dict[str, Any]:
        return asdict(self) | {
            "ratios": self.ratios(),
            "wins": self.wins(),
            "where_the_peer_wins": self.losses(),
        }

    def as_text(self) -> str:
        lines = [f"{self.name}  {', '.join(f'{k} {short(v)}' for k, v in self.size.items())}"]
        width = max(len(t.name) for t in self.timings)
        for t in self.timings:
            if t.trouble:
                lines.append(f"  {t.name:<{width}}  {t.trouble}")
                continue
            result = ", ".join(f"{k} {short(v)}" for k, v in t.result.items())
            lines.append(
                f"  {t.name:<{width}}  {t.wall:8.3f} s ({min(t.walls):.3f} to {max(t.walls):.3f})"
                f"  cpu {t.cpu:8.3f} s  peak {t.peak_mb:5d} MB  {result}"
            )
        lines += [f"  ours: {said}" for said in self.wins()]
        lines += [f"  where the peer wins: {said}" for said in self.losses()]
        lines += [
            f"  target {'met' if t.met else 'MISSED'}: {t.what}; measured {t.measured}"
            for t in self.targets
        ]
        lines += [f"  note: {note}" for note in self.notes]
        lines.append("  " + ", ".join(f"{k} {v}" for k, v in self.machine.items()))
        return "\n".join(lines)

    def _comparisons(self) -> list[tuple[bool, str]]:
        said = []
        words = {"wall": "time", "cpu": "processor time", "peak_mb": "memory"}
        figures = ("wall", "cpu", "peak_mb", *self.quality)
        for peer, figure in product(self.timings[1:], figures):
            ours, theirs = _figure(self.timings[0], figure), _figure(peer, figure)
            if ours is None or theirs is None or ours == theirs:
                continue
            if figure not in self.quality and abs(ours - theirs) <= _SAME * ours:
                continue
            less = self.quality.get(figure, "less") == "less"
            word, what = words.get(figure, figure), f"{short(theirs)} against {short(ours)}"
            times = f", {theirs / ours:.3g} x ours" if ours and theirs else ""
            said.append(((theirs > ours) == less, f"{peer.name}: {word} {what}{times}"))
        return said


def short(value: Any) -> str:
    """A figure as it is printed: four digits for fractions, thousands apart."""
    if isinstance(value, float):
        return f"{value:.4g}" if abs(value) < 10_000 else f"{value:,.0f}"
    return f"{value:,}" if isinstance(value, int) and not isinstance(value, bool) else str(value)


def _figure(timing: Timing, name: str) -> float | None:
    if timing.trouble:
        return None
    value = getattr(timing, name) if name in ("wall", "cpu", "peak_mb") else timing.result.get(name)
    return float(value) if isinstance(value, int | float) else None
