"""The engine's one public verb: program lines to findings."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date
from typing import Final

import polars as pl

from rakorsus.engine import expected, ground, levels, order, schema, targets, unclear, warnings
from rakorsus.engine import verdicts as desk_verdicts
from rakorsus.engine.context import Context, context
from rakorsus.engine.coordinated import led
from rakorsus.engine.explain import explained
from rakorsus.engine.findings import Findings
from rakorsus.engine.learning import found as learnt
from rakorsus.engine.learning.weighing import weigh
from rakorsus.engine.pairs import duplicates, entries, overlap, scattered, subjects, themes, twins
from rakorsus.engine.places import locate, regions_of
from rakorsus.engine.ranking import rank, weight
from rakorsus.engine.records import Finding
from rakorsus.engine.rules import Rules

#: Every family of rules: a context in, findings out. None looks at another's result.
RULES: Final[tuple[Callable[[Context], list[Finding]], ...]] = (
    duplicates.find,
    entries.find,
    twins.find,
    overlap.find,
    subjects.find,
    themes.find,
    learnt.find,
    scattered.find,
    ground.find,
    order.find,
    targets.find,
    levels.find,
    warnings.find,
    unclear.find,
)


def analyse(
    programs: pl.DataFrame,
    agencies: pl.DataFrame,
    regions: pl.DataFrame,
    targets: pl.DataFrame | None = None,
    rules: Rules | None = None,
    verdicts: pl.DataFrame | None = None,
    *,
    today: date,
    only: Collection[str] | None = None,
    places: pl.DataFrame | None = None,
) -> Findings:
    """Compare program lines and say what officials must settle, ranked, with reasons.

    Frames as in `schema`: PROGRAMS, AGENCIES, REGIONS, TARGETS; their row order does not matter.
    `verdicts` as in `verdicts.apply`. `today` is the date against which lateness is judged: the
    engine has no clock. `only` asks for the findings that touch at least one of these program
    keys; they are the same as in the full run but for their score, which depends on what else is
    in the list. `places` (schema.PLACES) spares reading the places again when they are known.

    The result depends on the input only: same input, same bytes.
    """
    run = opened(programs, agencies, regions, targets, rules, today=today, only=only, places=places)
    return judged(run, verdicts)


def judged(run: Context, verdicts: pl.DataFrame | None = None, *, normal: bool = True) -> Findings:
    """The findings of an open context, as `analyse` gives them; with `normal`
    expected repetition too, and the date grades of all lines instead of those found."""
    found = led(run, [finding for find in RULES for finding in find(run)])
    weighed = weigh(run, desk_verdicts.apply(found, verdicts))
    ranked = rank([finding for finding in weighed if weight(finding) >= run.rules.least_weight])
    grades = (
        run.facts.select("key", "date_grade").iter_rows()
        if normal
        else ((key, run.brief(key)["date_grade"]) for finding in ranked for key in finding.keys)
    )
    return Findings(
        findings=tuple(explained(run, finding) for finding in ranked),
        expected=tuple(expected.find(run)) if normal else (),
        places=run.places,
        regions=run.regions,
        agency_names={code: run.agency(code) for code in run.agencies["code"].to_list()},
        date_grades=dict(grades),
    )


def opened(
    programs: pl.DataFrame,
    agencies: pl.DataFrame,
    regions: pl.DataFrame,
    targets: pl.DataFrame | None = None,
    rules: Rules | None = None,
    *,
    today: date,
    only: Collection[str] | None = None,
    places: pl.DataFrame | None = None,
) -> Context:
    """The context of a run over these tables, as `analyse` takes them."""
    table = _with_own(regions, programs)
    return context(
        programs,
        places if places is not None else locate(programs, table, agencies),
        agencies,
        table,
        targets if targets is not None else schema.empty(schema.TARGETS),
        rules or Rules(),
        today,
        only,
    )


def _with_own(regions: pl.DataFrame, programs: pl.DataFrame) -> pl.DataFrame:
    """The regions given, and the national table's for governments that they leave out."""
    given = schema.conform(regions, schema.REGIONS)
    governments = programs["government"].drop_nulls().unique().sort().to_list()
    missing = [g for g in governments if not given["code"].str.starts_with(f"{g}.").any()]
    parts = [given, *(schema.conform(regions_of(g), schema.REGIONS) for g in missing)]
    return pl.concat(parts).unique("code", keep="first", maintain_order=True).sort("code")
