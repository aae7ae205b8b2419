"""Plots of a report as SVG files: time, processor time and memory side by side (matplotlib)."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from rakorsus.bench.report import Report

if TYPE_CHECKING:
    from matplotlib.axes import Axes

_OURS, _PEER = "#0b6e4f", "#8a8f98"
_FIGURES = (("wall", "seconds"), ("cpu", "processor seconds"), ("peak_mb", "peak MB"))


def draw(report: Report, folder: Path) -> list[str]:
    """Write `NAME.svg`: horizontal bars, ours in colour, whiskers from the fastest to the slowest
    run. Gives the names of the files, none where matplotlib is not installed."""
    try:
        import matplotlib
    except ImportError:
        return []
    matplotlib.use("svg")
    import matplotlib.pyplot as plt

    plt.rcParams["svg.fonttype"] = "none"  # text stays text
    plt.rcParams["svg.hashsalt"] = "rakorsus"  # the same figures give the same file
    rows = [t for t in report.timings if not t.trouble][::-1]
    told = [name for name in report.quality if any(t.result.get(name) for t in rows)]
    plots = [*_FIGURES, *((name, name.replace("_", " ")) for name in told)]
    figure, axes = plt.subplots(
        1, len(plots), figsize=(3.4 * len(plots) + 1.5, 1.1 + 0.42 * len(rows)), sharey=True,
        squeeze=False, layout="constrained",
    )  # fmt: skip
    for (key, title), axis in zip(plots, axes[0], strict=True):
        timed = key in ("wall", "cpu", "peak_mb")
        values = [float(getattr(t, key) if timed else t.result.get(key) or 0) for t in rows]
        colours = [_OURS if t is report.timings[0] else _PEER for t in rows]
        axis.barh([t.name for t in rows], values, color=colours)
        if key in ("wall", "cpu"):
            runs = [t.walls if key == "wall" else t.cpus for t in rows]
            axis.hlines(range(len(rows)), [min(r) for r in runs], [max(r) for r in runs],
                        color="#222", linewidth=1)  # fmt: skip
        _dress(axis, title, values)
    figure.savefig(folder / f"{report.name}.svg", metadata={"Date": None})
    plt.close(figure)
    return [f"{report.name}.svg"]


def _dress(axis: Axes, title: str, values: list[float]) -> None:
    axis.set_title(title, fontsize=10)
    axis.spines[["top", "right"]].set_visible(False)
    axis.tick_params(labelsize=9)
    axis.set_xlim(0, max(values, default=1) * 1.25 or 1)
    for place, value in enumerate(values):
        axis.annotate(
            f"{value:,.4g}" if value < 10_000 else f"{value:,.0f}",
            (value, place),
            xytext=(4, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )
