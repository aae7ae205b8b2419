"""A report as files: NAME.json, NAME.md, NAME.html and plots; and an index of a folder of them."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from html import escape
from pathlib import Path
from typing import Any

from rakorsus.bench.plots import draw
from rakorsus.bench.report import Report, short

_STYLE = (
    "body{font:16px/1.5 system-ui,sans-serif;max-width:72rem;margin:2rem auto;padding:0 1rem}"
    "table{border-collapse:collapse}td,th{padding:.25rem .75rem;border-bottom:1px solid #ccc;"
    "text-align:right}td:first-child,th:first-child{text-align:left}img{max-width:100%}"
)
_HEAD = ("contender", "seconds", "from", "to", "processor s", "peak MB", "figures")


def write(report: Report, folder: Path) -> list[Path]:
    """Write all files of one report into `folder` (made if need be)."""
    folder.mkdir(parents=True, exist_ok=True)
    plots = draw(report, folder)
    data = json.dumps(report.as_dict() | {"plots": plots}, indent=1, default=str) + "\n"
    paths = [folder / f"{report.name}{end}" for end in (".json", ".md", ".html")]
    pages = (data, _markdown(report, plots), _html(report, plots))
    for path, text in zip(paths, pages, strict=True):
        path.write_text(text, encoding="utf-8")
    return [*paths, *(folder / name for name in plots)]


def write_index(folder: Path) -> Path:
    """`index.html`: every report whose JSON stands in the folder, with its plots and targets."""
    parts = []
    for path in sorted(folder.glob("*.json")):
        data: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        if "timings" not in data or "plots" not in data:
            continue  # another kind of measurement
        name = escape(data["name"])
        parts.append(f'<h2><a href="{name}.html">{name}</a></h2>')
        parts.append(f"<p>{escape(_size(data['size']))}</p>")
        parts += [f'<img src="{escape(p)}" alt="plot of {name}">' for p in data["plots"]]
        parts.append(_list_html([_target(t) for t in data["targets"]]))
        if data["where_the_peer_wins"]:
            parts.append("<p>Where the peer wins:</p>" + _list_html(data["where_the_peer_wins"]))
    target = folder / "index.html"
    target.write_text(_page("Measurements", "".join(parts)), encoding="utf-8")
    return target


def _sections(report: Report) -> list[tuple[str, list[str]]]:
    libraries = sorted({v for t in report.timings for v in t.versions})
    targets = [
        _target({"what": t.what, "measured": t.measured, "met": t.met}) for t in report.targets
    ]
    machine = [f"{key}: {value}" for key, value in report.machine.items()]
    return [
        ("Targets", targets),
        ("Where ours wins", report.wins()),
        ("Where the peer wins", report.losses() or ["nowhere in this run"]),
        ("Notes", list(report.notes)),
        ("Machine", [*machine, *libraries]),
    ]


def _rows(report: Report) -> list[tuple[str, ...]]:
    return [
        (t.name, *[""] * 5, t.trouble) if t.trouble else
        (t.name, f"{t.wall:.3f}", f"{min(t.walls):.3f}", f"{max(t.walls):.3f}", f"{t.cpu:.3f}",
         str(t.peak_mb), ", ".join(f"{k} {short(v)}" for k, v in t.result.items()))
        for t in report.timings
    ]  # fmt: skip


def _markdown(report: Report, plots: Sequence[str]) -> str:
    lines = [f"# {report.name}", "", _size(report.size), ""]
    lines += [f"![plot of {report.name}]({plot})" for plot in plots] + [""]
    lines += ["| " + " | ".join(_HEAD) + " |", "|---" + "|--:" * (len(_HEAD) - 2) + "|---|"]
    lines += ["| " + " | ".join(row) + " |" for row in _rows(report)]
    for title, items in _sections(report):
        if items:
            lines += ["", f"## {title}", "", *(f"- {item}" for item in items)]
    return "\n".join(lines) + "\n"


def _html(report: Report, plots: Sequence[str]) -> str:
    body = [f"<p>{escape(_size(report.size))}</p>"]
    body += [f'<img src="{escape(p)}" alt="plot of {escape(report.name)}">' for p in plots]
    head = "".join(f"<th>{name}</th>" for name in _HEAD)
    rows = "".join(
        "<tr>" + "".join(f"<td>{escape(cell)}</td>" for cell in row) + "</tr>"
        for row in _rows(report)
    )
    body.append(f"<table><thead><tr>{head}</tr></thead><tbody>{rows}</tbody></table>")
    body += [f"<h2>{title}</h2>{_list_html(items)}" for title, items in _sections(report) if items]
    return _page(report.name, "".join(body))


def _page(title: str, body: str) -> str:
    return (
        '<!doctype html><html lang="en"><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width">'
        f"<title>{escape(title)}</title><style>{_STYLE}</style><h1>{escape(title)}</h1>{body}</html>\n"
    )


def _list_html(items: Sequence[str]) -> str:
    return f"<ul>{''.join(f'<li>{escape(item)}</li>' for item in items)}</ul>" if items else ""


def _target(target: Mapping[str, Any]) -> str:
    word = "met" if target["met"] else "missed"
    return f"{word}: {target['what']}; measured {target['measured']}"


def _size(size: Mapping[str, Any]) -> str:
    return ", ".join(f"{key} {short(value)}" for key, value in size.items())
