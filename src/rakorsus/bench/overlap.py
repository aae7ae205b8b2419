"""Overlap and duplication in synthetic governments whose words the engine was not built with.

Every contender gives pairs of lines with a score; planted pairs labelled duplicate or overlap are
the true ones (clashes are left out of every ranking: they are another question). Peers that compare
inside blocks are given the places that our parser read, untimed, which is generous; ours reads them
in its own time. Ours with verdicts has heard those of six other governments, worded from another
list: about half of the synonyms here were never seen.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import partial
from itertools import chain
from typing import Any, Final

import polars as pl

from rakorsus.bench import peers
from rakorsus.bench.measure import Contender, Report, Target, compete
from rakorsus.bench.scoring import average_precision, recall_at
from rakorsus.engine.analysis import opened
from rakorsus.engine.context import Context
from rakorsus.engine.learning.candidates import candidates, pair_of
from rakorsus.engine.learning.corpus import corpus
from rakorsus.engine.learning.lessons import crowd
from rakorsus.engine.learning.model import Model, default
from rakorsus.engine.learning.training import Lesson, train
from rakorsus.engine.pairs.lines import Line, lines
from rakorsus.engine.places import regions_of
from rakorsus.engine.words import plain, stems
from rakorsus.synth.nation import Government, government
from rakorsus.synth.nation.concepts import Words

TODAY: Final = date(2025, 7, 1)
UNSEEN: Final = ("32.04", "33.22", "35.78", "51.71", "73.71", "12.71")
TAUGHT: Final = ("32.01", "33.01", "35.15", "52.01", "64.71", "13.01")
_TRUE: Final = frozenset({"duplicate", "overlap"})
_ALIKE: Final = 0.2
_SHOWN: Final = 400  # pairs that desks of one government answer beside the planted ones


@dataclass(frozen=True)
class Given:
    """What contenders are given: governments with their truth, and for peers the lines as rows."""

    made: tuple[Government, ...]
    model: Model
    keys: tuple[str, ...] = ()
    titles: tuple[str, ...] = ()
    texts: tuple[str, ...] = ()  # title and place, for those who read no places
    blocks: tuple[tuple[int, ...], ...] = ()
    table: pl.DataFrame | None = None


def run(repeats: int = 3, lines: int = 50_000) -> Report:
    """`lines` lines over six governments."""
    bare, told = partial(_given, lines), partial(_given, lines, taught=True)
    rows = partial(_given, lines, rows=True)
    timings = compete(
        [
            Contender("rakorsus", _ours, bare, _figures),
            Contender("rakorsus, with verdicts", _ours, told, _figures),
            Contender("character TF-IDF, same blocks", _blocks, rows, _figures,
                      needs=("scikit-learn",)),
            Contender("string_grouper's way", _everywhere, rows, _figures,
                      needs=("scikit-learn", "sparse-dot-topn")),
            Contender("Splink on DuckDB, tuned", _splink, rows, _figures,
                      needs=("splink", "duckdb")),
            Contender("rapidfuzz token set, same blocks", _tokens, rows, _figures,
                      needs=("rapidfuzz",)),
        ],
        repeats,
    )  # fmt: skip
    by_name = {t.name: t for t in timings if not t.trouble}
    ours, learnt = timings[0], timings[1]
    return Report(
        "overlap",
        {"lines": lines, "governments": len(UNSEEN), "true": ours.result["true"]},
        timings,
        (
            "places are given to the peers that compare inside blocks, untimed",
            "ours without verdicts: the default judge of pairs, which needs no training",
        ),
        quality={"average_precision": "more", "recall_at_8": "more"},
        targets=tuple(_targets(ours, learnt, by_name)),
    )


def _targets(ours: Any, learnt: Any, by_name: Mapping[str, Any]) -> list[Target]:
    precision, cpu = ours.result["average_precision"], ours.cpu
    found = []
    if blocks := by_name.get("character TF-IDF, same blocks"):
        times = precision / max(blocks.result["average_precision"], 1e-9)
        found.append(Target("without verdicts: average precision of 1.5 x the same-block peer's",
                            f"{times:.2f} x", times >= 1.5))  # fmt: skip
        times = learnt.result["average_precision"] / max(blocks.result["average_precision"], 1e-9)
        found.append(Target("with verdicts: average precision of 2.5 x the same-block peer's",
                            f"{times:.2f} x", times >= 2.5))  # fmt: skip
    if wide := by_name.get("string_grouper's way"):
        times = precision / max(wide.result["average_precision"], 1e-9)
        found.append(Target("without verdicts: average precision of 3 x string_grouper's way",
                            f"{times:.2f} x", times >= 3))  # fmt: skip
        found.append(Target("a tenth of string_grouper's processor time",
                            f"{wide.cpu / cpu:.2f} x ours", wide.cpu >= 10 * cpu))  # fmt: skip
    recall = learnt.result["recall_at_8"]
    found.append(Target("with verdicts: recall of .6 at precision .8", f"{recall:.3f}",
                        recall >= 0.6))  # fmt: skip
    reach, many = ours.result["reach"], ours.result["candidates_per_true"]
    found.append(Target("candidates: recall of .98 with 250 or fewer per true pair",
                        f"{reach:.3f} with {many:.0f}", reach >= 0.98 and many <= 250))  # fmt: skip
    return found


def _made(codes: tuple[str, ...], lines: int, seed: int, words: Words) -> tuple[Government, ...]:
    return tuple(government(code, lines // len(codes), seed, words) for code in codes)


def _given(lines: int, *, taught: bool = False, rows: bool = False) -> Given:
    made = _made(UNSEEN, lines, 5, "test")
    model = _model(lines) if taught else default()
    return _rows(made, model) if rows else Given(made, model)


def _open(one: Government) -> Context:
    return opened(one.programs, one.agencies, regions_of(one.code), today=TODAY)


def _model(lines: int) -> Model:
    """What six other governments' verdicts teach: every planted pair was answered, and what the
    default judge puts first."""
    return train([_lesson(one) for one in _made(TAUGHT, lines, 3, "train")], default())


def _lesson(one: Government) -> Lesson:
    run = _open(one)
    live = set(_known(run))
    truth = {
        (a, b): label
        for a, b, label in one.truth.select("left", "right", "label").iter_rows()
        if a in live and b in live
    }
    shown = candidates(run)
    likely = default().probability(shown, corpus(run))
    first = [shown[i].keys for i in (-likely).argsort(kind="stable")[:_SHOWN]]
    asked = [pair for pair in dict.fromkeys([*truth, *first]) if truth.get(pair) != "clash"]
    some, unasked = crowd(run, set(asked))
    return Lesson(
        [pair_of(run, *pair) for pair in asked],
        [truth.get(pair) in _TRUE for pair in asked],
        corpus(run),
        crowd=some,
        unasked=unasked,
    )


def _known(run: Context) -> Mapping[str, Line]:
    return lines(run)


def _ours(given: Given) -> dict[str, Any]:
    scores: dict[tuple[str, str], float] = {}
    for one in given.made:
        run = _open(one)
        pairs = candidates(run, given.model.table.aliases())
        likely = given.model.probability(pairs, corpus(run)).tolist()
        scores |= {pair.keys: value for pair, value in zip(pairs, likely, strict=True)}
    return {"scores": scores}


def _rows(made: tuple[Government, ...], model: Model) -> Given:
    """Packages as rows with their blocks: villages, districts for lines without, governments."""
    every: list[Line] = []
    blocks: dict[str, list[int]] = defaultdict(list)
    for one in made:
        for line in _known(_open(one)).values():
            if line.level != "paket":
                continue
            places = {a.village or a.region for a in line.anchors} or {one.code}
            for place in places:
                blocks[place].append(len(every))
            every.append(line)
    places_of = {
        key: " ".join(places or ())
        for one in made
        for key, places in one.programs.select("key", "places").iter_rows()
    }
    titles = tuple(line.title.lower() for line in every)
    return Given(
        made, model, tuple(line.key for line in every), titles,
        tuple(f"{t} {places_of[line.key].lower()}" for t, line in zip(titles, every, strict=True)),
        tuple(tuple(b) for b in blocks.values()), _table(every),
    )  # fmt: skip


def _table(every: list[Line]) -> pl.DataFrame:
    def first(values: Any) -> str | None:
        return next((v for v in values if v), None)

    return pl.DataFrame(
        {
            "unique_id": list(range(len(every))),
            "title": [line.text or line.plain for line in every],
            "words": [list(stems(plain(line.title))) for line in every],
            "village": [first(a.village for a in line.anchors) for line in every],
            "district": [first(a.region[:8] for a in line.anchors) for line in every],
            "rw": [first(min(a.rw, default="") for a in line.anchors) for line in every],
            "month": [line.begin.strftime("%m") if line.begin else None for line in every],
            "agency": [line.agency for line in every],
        }
    )


def _keyed(given: Given, pairs: peers.Pairs) -> dict[str, Any]:
    keys = given.keys
    return {
        "scores": {
            (min(keys[a], keys[b]), max(keys[a], keys[b])): value for (a, b), value in pairs.items()
        }
    }


def _blocks(given: Given) -> dict[str, Any]:
    return _keyed(given, peers.in_blocks(given.titles, given.blocks, _ALIKE))


def _everywhere(given: Given) -> dict[str, Any]:
    return _keyed(given, peers.everywhere(given.texts))


def _tokens(given: Given) -> dict[str, Any]:
    return _keyed(given, peers.token_sets(given.titles, given.blocks, 0.5))


def _splink(given: Given) -> dict[str, Any]:
    assert given.table is not None
    return _keyed(given, peers.splink_pairs(given.table))


def _figures(given: Given, result: Mapping[str, Any]) -> dict[str, Any]:
    truth = {
        (a, b): label
        for one in given.made
        for a, b, label in one.truth.select("left", "right", "label").iter_rows()
    }
    among = sum(label in _TRUE for label in truth.values())
    ranked = {pair: score for pair, score in result["scores"].items() if truth.get(pair) != "clash"}
    true = [truth.get(pair) in _TRUE for pair in ranked]
    values = list(ranked.values())
    hidden = {
        (a, b)
        for one in given.made
        for a, b in one.truth.filter(pl.col("synonym")).select("left", "right").iter_rows()
    }
    return {
        "average_precision": round(average_precision(values, true, among), 4),
        "recall_at_8": round(recall_at(values, true, 0.8, among), 4),
        "reach": round(sum(true) / among, 4),
        "candidates_per_true": round(len(ranked) / among, 1),
        "true": among,
        "synonyms_reached": len(hidden & set(chain(ranked))),
    }
