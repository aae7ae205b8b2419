"""Measurements of the engine beside its peers, repeatable by `rakorsus bench NAME`.

How to add a bench
------------------
1. Write `rakorsus/bench/NAME.py` with `run(repeats: int = 5, lines: int | None = None) -> Report`
   (leave `lines` out when there is only one size; yield reports when the bench measures
   several problems, each with a name of its own).
2. Each contender is a `Contender` of functions that stand at the top of a module (they go to a
   process of their own, so they must pickle; bind arguments with `functools.partial`)::

       def _input(lines):            # not timed: make the input, import the library
           import duckdb
           ...
       def _duckdb(given):           # timed; gives figures, the same names for every contender
           ...
           return {"pairs": count, "missed": 0}

       timings = compete([
           Contender("ours", _ours, partial(_input, lines)),
           Contender("DuckDB", _duckdb, partial(_input, lines), needs=("duckdb",)),
       ], repeats)
       return Report("NAME", {"works": lines}, timings, quality={"missed": "less"})

   Ours stands first. `needs` names distributions: a peer that is not installed is reported as
   missing, its version is printed where it is. `limit` ends a contender that takes too long,
   `repeats` caps the runs of a slow one. A peer that fails is reported, ours raises.
3. `quality` names the figures in which contenders differ and whether "more" or "less" is better.
   The report works out the ratios and says in words where the peer wins. `targets` holds what was
   aimed at, with the measured value (`Target`).
4. Enter it in `BENCHES` of `rakorsus/cli/bench.py` and in `benchmarks/README.md`.

Every repeat of every contender is a fresh process, in turn, so that memory and processor time are
its own and a drifting machine is fair to all. Start and join child processes inside the timed
function: only then does their processor time count.
"""
