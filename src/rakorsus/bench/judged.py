"""The engine on real files, measured on pairs that were read and judged (benchmarks/real/pairs.md).

The files themselves are not part of the repository: name their folder by `--data` or
RAKORSUS_REAL_FILES. A pair's score is that of the best finding that names both of its lines and
whose rule does not refuse the pair; pairs of no finding come after all of those, in the order of
the engine's judge of pairs.
"""

from __future__ import annotations

import csv
import os
from collections import Counter, defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from functools import partial
from itertools import combinations
from pathlib import Path
from typing import Any, Final, NamedTuple

import numpy as np

from rakorsus.bench.measure import Contender, Report, Target, compete
from rakorsus.bench.peers import characters
from rakorsus.bench.scoring import average_precision, kappa
from rakorsus.engine.analysis import judged, opened
from rakorsus.engine.context import Context
from rakorsus.engine.explain.why import OF_PAIRS, conditions
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.learning.candidates import pair_of
from rakorsus.engine.learning.corpus import corpus
from rakorsus.engine.learning.lessons import crowd
from rakorsus.engine.learning.model import Model, default
from rakorsus.engine.learning.training import Lesson, train
from rakorsus.engine.pairs.groups import components
from rakorsus.engine.pairs.lines import lines
from rakorsus.engine.rules import Rules

TODAY: Final = date(2025, 10, 10)
FOLDERS: Final = ("rup-bandung-2025", "nomenklatur")
POSITIVE: Final = frozenset({"duplicate", "overlap", "clash"})
EXPECTED: Final = frozenset({"cycle", "lots", "series", "support"})
_PAIRS: Final = Path("benchmarks") / "real" / "pairs.csv"
_FOLDS: Final = 5
_TOP: Final = 50
_BELOW: Final = 0.01  # what a pair of no finding can reach


class Judged(NamedTuple):
    """One judged pair: keys in order, where it was drawn, both readings, and what holds."""

    left: str
    right: str
    stratum: str
    first: str
    second: str
    label: str
    reason: str


def pairs(path: Path = _PAIRS) -> list[Judged]:
    with path.open(encoding="utf-8", newline="") as file:
        return [Judged(**row) for row in csv.DictReader(file)]


def folder(data: Path | None) -> Path:
    """Where the real files are.

    Raises:
        FileNotFoundError: no folder is named, or it lacks the files.
    """
    found = data or Path(os.environ.get("RAKORSUS_REAL_FILES", ""))
    if not str(found) or not (found / FOLDERS[0]).is_dir():
        raise FileNotFoundError(
            f"--data: a folder with {FOLDERS[0]} is needed; the real files are not part of this "
            "repository"
        )
    return found


def run(repeats: int = 3, data: Path | None = None) -> Report:
    """Ours, ours with verdicts, and what others would rank the same pairs by."""
    known, where = pairs(), folder(data)
    given = partial(_read, where)
    timings = compete(
        [
            Contender("rakorsus", _ours, given, _figures),
            Contender("rakorsus, with verdicts", _taught, given, _figures, repeats=1),
            Contender("character TF-IDF, same blocks", _characters, given, _figures,
                      needs=("scikit-learn",)),
            Contender("the same without support and units", _filtered, given, _figures,
                      needs=("scikit-learn",)),
            Contender("rapidfuzz token set, same blocks", _tokens, given, _figures,
                      needs=("rapidfuzz",)),
        ],
        repeats,
    )  # fmt: skip
    ours = timings[0].result
    return Report(
        "judged",
        {"pairs": len(known), "positive": sum(p.label in POSITIVE for p in known)},
        timings,
        (
            f"Cohen's kappa of the two readings: {_agreement(known):.2f} over ten labels, "
            f"{_agreement(known, two=True):.2f} for worth a desk or not",
            "with verdicts: five folds; pairs that share a line stay in one fold",
            *_strata(known),
        ),
        quality={"average_precision": "more", "right_in_top": "more", "expected_in_top": "less"},
        targets=(
            Target("average precision of .65 or more on judged real pairs",
                   f"{ours['average_precision']:.3f}", ours["average_precision"] >= 0.65),
            Target(f"5 % or less of the first {_TOP} is expected repetition",
                   f"{ours['expected_in_top']}", ours["expected_in_top"] <= 0.05 * _TOP),
        ),
    )  # fmt: skip


def _agreement(known: Sequence[Judged], *, two: bool = False) -> float:
    first, second = [p.first for p in known], [p.second for p in known]
    if two:
        first, second = ([str(x in POSITIVE) for x in labels] for labels in (first, second))
    return kappa(first, second)


def _strata(known: Sequence[Judged]) -> list[str]:
    found: dict[str, list[bool]] = defaultdict(list)
    for pair in known:
        found[pair.stratum].append(pair.label in POSITIVE)
    told = ", ".join(f"{name} {sum(yes)} of {len(yes)}" for name, yes in sorted(found.items()))
    return [f"worth a desk by where the pair was drawn: {told}"]


def _read(where: Path) -> Any:
    """The files as tables (untimed)."""
    return join(read_paths([where / name for name in FOLDERS]))


def _open(picture: Any, rules: Rules | None = None) -> Context:
    return opened(
        picture.programs, picture.agencies, picture.regions, picture.targets,
        rules or Rules(nomenclature=picture.nomenclature), today=TODAY,
    )  # fmt: skip


def _ours(picture: Any) -> dict[str, Any]:
    run = _open(picture)
    return {"scores": scores(run, judged(run).findings, default())}


def scores(run: Context, findings: Sequence[Any], model: Model) -> list[float]:
    """The score of every judged pair, as the module says."""
    named: dict[tuple[str, str], list[tuple[float, str, bool]]] = defaultdict(list)
    asked = {(p.left, p.right) for p in pairs()}
    lines_asked = {key for pair in asked for key in pair}
    for finding in findings:
        inside = sorted(lines_asked & set(finding.keys))
        for keys in combinations(inside, 2):
            if keys in asked:
                named[keys].append((finding.score, finding.rule, len(finding.keys) == 2))
    live = lines(run)
    found = []
    for pair in pairs():
        keys = (pair.left, pair.right)
        held = [score for score, rule, alone in named[keys] if alone or _holds(run, keys, rule)]
        if held:
            found.append(1.0 + max(held))
        elif set(keys) <= set(live):
            likely = model.probability([pair_of(run, *keys)], corpus(run))[0]
            found.append(_BELOW * float(likely))
        else:
            found.append(0.0)
    return found


def _holds(run: Context, keys: tuple[str, str], rule: str) -> bool:
    """Whether the finding's rule stands by this pair of its lines."""
    if rule not in OF_PAIRS or rule.startswith("fragmentation"):
        return True
    plain = replace(run, rules=replace(run.rules, learnt=None))  # what was taught is not asked
    said = {name: c.refusal for c in conditions(plain, *keys) for name in c.rules}
    return said.get(rule) is None


def _taught(picture: Any) -> dict[str, Any]:
    """Each fold's pairs by an engine that has heard the verdicts on the others."""
    known = pairs()
    fold = _folds(known)
    run = _open(picture)
    live = set(lines(run))
    total = [0.0] * len(known)
    for part in range(_FOLDS):
        said = [
            p for p, f in zip(known, fold, strict=True) if f != part and {p.left, p.right} <= live
        ]
        asked = [pair_of(run, p.left, p.right) for p in said]
        some, unasked = crowd(run, {pair.keys for pair in asked})
        lesson = Lesson(
            asked, [p.label in POSITIVE for p in said], corpus(run), None, some, unasked
        )
        model = train([lesson], default())
        rules = Rules(nomenclature=picture.nomenclature, learnt=model)
        again = _open(picture, rules)
        told = scores(again, judged(again).findings, model)
        for i, f in enumerate(fold):
            if f == part:
                total[i] = told[i]
    return {"scores": total}


def _folds(known: Sequence[Judged]) -> list[int]:
    """A fold for each pair; pairs that share a line share a fold."""
    number: dict[str, int] = {}
    for n, group in enumerate(components((p.left, p.right) for p in known)):
        number |= dict.fromkeys(group, n % _FOLDS)
    return [number[p.left] for p in known]


def _characters(picture: Any) -> dict[str, Any]:
    return {"scores": _by_titles(picture, _cosines)}


def _filtered(picture: Any) -> dict[str, Any]:
    """Titles' likeness, with support programs and one house's units put last."""
    run = _open(picture)
    live = lines(run)
    found = _by_titles(picture, _cosines, run)
    for i, pair in enumerate(pairs()):
        a, b = live[pair.left], live[pair.right]
        same_series = a.series is not None and a.series == b.series
        if a.support or b.support or same_series or (a.family == b.family and a.agency != b.agency):
            found[i] = 0.0
    return {"scores": found}


def _tokens(picture: Any) -> dict[str, Any]:
    return {"scores": _by_titles(picture, _token_sets)}


def _by_titles(
    picture: Any,
    alike: Callable[[Sequence[tuple[str, str]], Sequence[str]], list[float]],
    run: Context | None = None,
) -> list[float]:
    """Likeness of titles of the pairs that share a block of the engine: place, else government."""
    run = run or _open(picture)
    live = lines(run)
    found = alike([(live[p.left].title.lower(), live[p.right].title.lower()) for p in pairs()],
                  [line.title.lower() for line in live.values()])  # fmt: skip
    for i, pair in enumerate(pairs()):
        if not _block(live[pair.left]) & _block(live[pair.right]):
            found[i] = 0.0
    return found


def _block(line: Any) -> set[str]:
    regions = {a.region for a in line.anchors}
    wider = {r[: 8] for r in regions}  # fmt: skip
    return regions | wider or {line.government}


def _cosines(asked: Sequence[tuple[str, str]], every: Sequence[str]) -> list[float]:
    rows = characters([*every, *(title for pair in asked for title in pair)])
    left, right = rows[len(every) :: 2], rows[len(every) + 1 :: 2]
    return [float(x) for x in np.asarray(left.multiply(right).sum(axis=1)).ravel()]


def _token_sets(asked: Sequence[tuple[str, str]], every: Sequence[str]) -> list[float]:
    from rapidfuzz.fuzz import token_set_ratio

    return [token_set_ratio(a, b) / 100 for a, b in asked]


def _figures(given: Any, result: Mapping[str, Any]) -> Mapping[str, Any]:
    known = pairs()
    order = np.argsort(-np.array(result["scores"]), kind="stable")[:_TOP]
    first = Counter(known[i].label for i in order)
    return {
        "average_precision": round(
            average_precision(result["scores"], [p.label in POSITIVE for p in known]), 4
        ),
        "right_in_top": sum(first[label] for label in POSITIVE),
        "synergy_in_top": first["synergy"],
        "expected_in_top": sum(first[label] for label in EXPECTED),
    }
