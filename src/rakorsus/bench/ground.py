"""The place-time join of a million works: ours beside an R-tree and a database.

All contenders give the same thing, the pairs whose shapes lie within 50 m and whose periods meet,
by exact distance. A sample of the works is compared with all others one by one, untimed, and
what a contender misses or adds there is counted.
"""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import Any, Final

import numpy as np
import shapely
from numpy.typing import NDArray

from rakorsus.bench.measure import Contender, Report, Target, compete
from rakorsus.bench.works import Works, works
from rakorsus.engine.ground.grid import join

_METRES: Final = 50.0
_SAMPLE: Final = 200
_CELL: Final = 300  # metres, of the database's grid: the best of 100, 200, 300 and 400

_Ints = NDArray[np.int64]
_Found = tuple[_Ints, _Ints]

_GRID_JOIN: Final = """
with columns as (
    select *, unnest(generate_series(floor(w0 / $cell)::bigint, floor(e0 / $cell)::bigint)) as x
    from w
), entries as (
    select *, unnest(generate_series(floor(s0 / $cell)::bigint, floor(n0 / $cell)::bigint)) as y
    from columns
)
select a.id as a, b.id as b
from entries a join entries b on a.x = b.x and a.y = b.y
where a.id < b.id and a.w0 <= b.e0 and b.w0 <= a.e0 and a.s0 <= b.n0 and b.s0 <= a.n0
    and a.first <= b.last and b.first <= a.last
    and floor(greatest(a.w0, b.w0) / $cell) = a.x and floor(greatest(a.s0, b.s0) / $cell) = a.y
"""

_RANGE_JOIN: Final = """
select a.id as a, b.id as b from w a join w b
on a.w0 <= b.e0 and b.w0 <= a.e0
where a.id < b.id and a.s0 <= b.n0 and b.s0 <= a.n0 and a.first <= b.last and b.first <= a.last
"""


def run(repeats: int = 5, lines: int | None = None) -> Report:
    """`lines` works (1,000,000)."""
    count = lines or 1_000_000
    given = partial(works, count)
    tree, grid, plain = "shapely STRtree, dwithin", "DuckDB, grid join", "DuckDB, plain range join"
    timings = compete(
        [
            Contender("ours", _ours, given, _judge),
            Contender(tree, _tree, given, _judge, ("shapely",)),
            Contender(grid, partial(_database, sql=_GRID_JOIN), partial(_loaded, given), _judge,
                      ("duckdb",)),
            Contender(plain, partial(_database, sql=_RANGE_JOIN), partial(_loaded, given), _judge,
                      ("duckdb",), limit=60, repeats=1),
        ],
        repeats,
    )  # fmt: skip
    report = Report(
        "ground",
        {"works": count, "metres": _METRES},
        timings,
        notes=(
            f"{_SAMPLE} works of the input were compared with all others one by one",
            "the database works on all cores, the others on one: compare processor time too",
            "loading the library is not timed; building the index or the grid is",
        ),
        quality={"missed": "less", "added": "less"},
    )
    ours = timings[0].result
    targets = [
        Target("no pair missed against brute force", f"{ours['missed']} of {ours['expected']}",
               ours["missed"] == ours["added"] == 0)
    ]  # fmt: skip
    for peer, least in ((tree, 5.0), (grid, 2.0)):
        if not report.timing(peer).trouble:
            times, cpu = report.ratio(peer), report.ratio(peer, "cpu")
            measured = f"{times:.2f} x (processor time {cpu:.2f} x)"
            what = f"at least {least:g} x as fast as {peer}"
            targets.append(Target(what, measured, times >= least))
    return replace(report, targets=tuple(targets))


def _ours(given: Works) -> _Found:
    found = join(given.shapes, given.start, given.end, _METRES)
    return found.first, found.second


def _tree(given: Works) -> _Found:
    tree = shapely.STRtree(given.shapes)
    a, b = tree.query(given.shapes, predicate="dwithin", distance=_METRES)
    keep = (a < b) & (given.start[a] <= given.end[b]) & (given.start[b] <= given.end[a])
    return a[keep], b[keep]


def _loaded(given: Any) -> Works:
    import duckdb  # noqa: F401 (loading it is not joining)

    made: Works = given()
    return made


def _database(given: Works, sql: str) -> _Found:
    import duckdb

    low, high = np.split(shapely.bounds(given.shapes), 2, axis=1)
    columns = {"id": np.arange(len(low)), "first": given.start, "last": given.end}
    columns |= {"w0": low[:, 0], "s0": low[:, 1]}
    columns |= {"e0": high[:, 0] + _METRES, "n0": high[:, 1] + _METRES}
    with duckdb.connect() as connection:
        connection.register("given", columns)
        connection.execute("create table w as select * from given")
        pairs = connection.execute(sql.replace("$cell", str(_CELL))).fetchnumpy()
    a, b = np.asarray(pairs["a"]), np.asarray(pairs["b"])
    keep = shapely.dwithin(given.shapes[a], given.shapes[b], _METRES)
    return a[keep], b[keep]


def _judge(given: Works, found: _Found) -> dict[str, int]:
    count = len(given.shapes)
    sample = np.random.default_rng(2).choice(count, min(_SAMPLE, count), replace=False)
    expected = set()
    for n in sample.tolist():
        together = (given.start <= given.end[n]) & (given.start[n] <= given.end)
        others = np.flatnonzero(together)
        near = others[shapely.distance(given.shapes[others], given.shapes[n]) <= _METRES]
        expected |= {(min(n, k), max(n, k)) for k in near.tolist() if k != n}
    a, b = np.minimum(*found), np.maximum(*found)
    touched = np.isin(a, sample) | np.isin(b, sample)
    told = set(zip(a[touched].tolist(), b[touched].tolist(), strict=True))
    return {
        "pairs": len(a),
        "expected": len(expected),
        "missed": len(expected - told),
        "added": len(told - expected) + int(touched.sum()) - len(told),
    }
