"""`rakorsus analyse DIR` where DIR holds a nation: one Parquet for each government."""

from __future__ import annotations

import argparse
import json
import sys
import time
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from rakorsus.engine.backends import Folder, Local, Nation, analyse_nation
from rakorsus.engine.backends.inorder import Backend
from rakorsus.engine.report import render_nation


def folder_of(paths: list[Path]) -> Folder | None:
    """The nation that is asked for: one folder laid out as `engine.backends.folder` says."""
    return Folder.of(paths[0]) if len(paths) == 1 and paths[0].is_dir() else None


def run(folder: Folder, options: argparse.Namespace) -> int:
    """Analyse each government, write the files and the page; returns the exit code."""
    if options.year or options.boundaries:
        print(
            "--year dan --boundaries tidak berlaku untuk folder ini / do not apply to this folder",
            file=sys.stderr,
        )
        return 2
    began = time.monotonic()
    today = options.today or folder.newest() or datetime.now(UTC).astimezone().date()
    try:
        nation = analyse_nation(
            folder, options.out, _backend(options), today=today, tell=_teller(folder, began)
        )
    except (ModuleNotFoundError, OSError) as problem:
        print(problem, file=sys.stderr)
        return 2
    (options.out / "governments.jsonl").write_text(
        "".join(f"{json.dumps(head, ensure_ascii=False)}\n" for head in nation.heads)
    )
    (options.out / "nation.html").write_text(render_nation(nation.heads, today=today))
    _summarise(nation, options, time.monotonic() - began)
    levels = {"high": ("high",), "medium": ("high", "medium"), "low": ("high", "medium", "low")}
    asked = levels.get(options.severity, ())
    return 1 if any(nation.total(level) for level in asked) else 0


def _backend(options: argparse.Namespace) -> Backend:
    if options.scheduler:
        from rakorsus.engine.backends.dask import Dask

        return Dask(options.scheduler)
    return Local(options.workers)


def _teller(folder: Folder, began: float) -> Any:
    done = 0

    def tell(head: dict[str, Any]) -> None:
        nonlocal done
        done += 1
        if sys.stderr.isatty():
            print(
                f"{time.monotonic() - began:6.1f} s  {done}/{len(folder.governments)}"
                f"  {head['name']}",
                file=sys.stderr,
            )

    return tell


def _summarise(nation: Nation, options: argparse.Namespace, seconds: float) -> None:
    names = ("lines", "findings", "high", "expected", "money")
    totals = {name: nation.total(name) for name in names}
    if options.json:
        summary: dict[str, Any] = {"out": str(options.out), "governments": len(nation.heads)}
        summary |= totals | {"kinds": nation.kinds, "seconds": round(seconds, 1)}
        print(json.dumps(summary, ensure_ascii=False))
        return
    kinds = ", ".join(f"{kind} {count}" for kind, count in nation.kinds.items())
    print(
        f"{totals['lines']} baris / lines, {len(nation.heads)} pemerintah / governments: "
        f"{totals['findings']} temuan / findings ({kinds}); "
        f"{totals['expected']} wajar / expected; {seconds:.0f} s; {options.out}"
    )
