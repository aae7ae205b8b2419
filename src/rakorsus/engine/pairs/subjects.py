"""Overlap of services: different agencies serve the same subject by training, study or aid."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence

from rakorsus.engine.blocks import keep
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.anchors import meet
from rakorsus.engine.pairs.lines import Line, at_stake, lines, one_area
from rakorsus.engine.pairs.subject_index import Subjects, without_places
from rakorsus.engine.pairs.topics import SINGLE, shown
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Text
from rakorsus.engine.refusal import Refusal
from rakorsus.engine.sentences import gist, join, listing, quoted, rupiah
from rakorsus.engine.thesaurus import STAGE_NAMES

_RARE_WORDS = 2  # two studies with so many rare words in common are near enough ...
_RARE_SHARE = 0.7  # ... from this share of the usual similarity

_Pair = tuple[Line, Line, float]


def find(context: Context) -> list[Finding]:
    """Sub kegiatan, studies, trainings and campaigns of two agencies on one subject."""
    if not context.enabled("overlap.subject"):
        return []
    known, index = lines(context), _index(context)
    pairs = _Pairs(context, index)
    if context.only is None:
        near = pairs.every()
    else:
        near = pairs.around(key for key in context.only if index.about(key))
        same = _of_one_subject(_cliques(near), known, index, context.only)
        near = pairs.around([*context.only, *same])
    found = []
    for group, similarity in _merged(_cliques(near), known, index):
        if context.wanted(group):
            found.append(_finding(context, [known[k] for k in group], similarity))
    return found


def _index(context: Context) -> Subjects:
    return keep(context, "overlap.subject", lambda: Subjects(context.region_names))


class _Pairs:
    """The pairs of lines on one subject, found text by text."""

    def __init__(self, context: Context, index: Subjects) -> None:
        self._usual = context.rules.overlap_similarity
        self._known = lines(context)
        self._index = index
        self._of: dict[tuple[str, str], list[_Pair]] = {}

    def every(self) -> list[_Pair]:
        """All pairs of the run."""
        return [
            pair
            for text in self._index.texts
            for other in (text, *self._index.near(text))
            if text <= other
            for pair in self.between(text, other)
        ]

    def around(self, keys: Iterable[str]) -> list[_Pair]:
        """The pairs of the groups to which these lines belong, by way of pairs."""
        waiting, seen = list(keys), set()
        found: dict[tuple[str, str], _Pair] = {}
        while waiting:
            key = waiting.pop()
            text = self._index.about(key)
            if text is None or key in seen:
                continue
            seen.add(key)
            for other in (text, *self._index.near(text)):
                for pair in self.between(min(text, other), max(text, other)):
                    if key in (pair[0].key, pair[1].key):
                        found[pair[0].key, pair[1].key] = pair
                        waiting += [pair[0].key, pair[1].key]
        return list(found.values())

    def between(self, text: str, other: str) -> list[_Pair]:
        """The pairs of lines with these subjects, the first of `text`."""
        if (text, other) not in self._of:
            self._of[text, other] = list(self._compared(text, other))
        return self._of[text, other]

    def _compared(self, text: str, other: str) -> Iterator[_Pair]:
        shared = set(text.split()) & set(other.split())
        rare = [w for w in shared if self._index.rare(w)]
        single = bool(shared & SINGLE)
        if not single and (len(shared) < 2 or not rare):
            return
        may = [
            (a, b)
            for a in (self._known[key] for key in self._index.lines(text))
            for b in (self._known[key] for key in self._index.lines(other))
            if (text != other or a.key < b.key) and _refused(a, b) is None
        ]
        if not may:
            return
        alike = 1.0 if text == other else self._index.texts.alike(text, other)
        if alike < self._usual * _RARE_SHARE:
            return
        studies = len(rare) >= _RARE_WORDS
        for a, b in may:
            study = studies and a.level == Level.PAKET and a.stage == "study"
            if single or study or round(alike, 4) >= self._usual:
                yield a, b, round(alike, 4)


def _of_one_subject(
    cliques: Sequence[tuple[tuple[str, ...], float]],
    known: Mapping[str, Line],
    index: Subjects,
    only: frozenset[str],
) -> list[str]:
    """Lines that may stand in other cliques of one problem with those of the lines asked for:
    of the same houses, with the same leading word (see `_merged`)."""
    found: list[str] = []
    for group, _ in cliques:
        if not only.isdisjoint(group):
            houses = {known[key].family for key in group}
            words = set.intersection(*(set((index.about(k) or "").split()) for k in group)) & SINGLE
            found += (k for k in sorted(index.having(words)) if known[k].family in houses)
    return found


def judge(context: Context, a: Line, b: Line) -> Refusal | None:
    """Why the rule says nothing of two lines; None when it takes them for one subject."""
    if (refusal := _refused(a, b)) is not None:
        return refusal
    index = _index(context)
    ours, theirs = index.about(a.key), index.about(b.key)
    if ours is None or theirs is None:
        return Refusal.NOT_ASKED
    pair = {a.key, b.key}
    pairs = _Pairs(context, index).between(min(ours, theirs), max(ours, theirs))
    near = any({one.key, other.key} == pair for one, other, _ in pairs)
    return None if near else Refusal.OTHER_SUBJECT


def _refused(a: Line, b: Line) -> Refusal | None:
    """The first condition beside their words that keeps two lines from being one service."""
    if a.family == b.family:
        return Refusal.ONE_HOUSE
    if a.level != b.level:
        return Refusal.OTHER_LEVEL
    if not one_area(a, b):
        return Refusal.OTHER_GOVERNMENT
    if not _same_service(a, b):
        return Refusal.OTHER_SERVICE
    return None if _may_meet(a, b) else Refusal.APART


def _may_meet(a: Line, b: Line) -> bool:
    """Not when both name kecamatan or villages and share none."""
    if not a.anchors or not b.anchors:
        return True
    return meet(a.anchors, b.anchors) is not None


def _same_service(a: Line, b: Line) -> bool:
    """Packages: the same stage, or training and aid. Sub kegiatan: both or none a study."""
    if a.level == Level.SUB_KEGIATAN:
        return (a.stage == "study") == (b.stage == "study")
    return a.stage == b.stage or {a.stage, b.stage} == {"train", "aid"}


def _cliques(pairs: Sequence[_Pair]) -> list[tuple[tuple[str, ...], float]]:
    """Pairs merged into groups in which every two lines of different houses are a pair."""
    near = {frozenset((a.key, b.key)): s for a, b, s in pairs}
    family = {line.key: line.family for a, b, _ in pairs for line in (a, b)}
    ordered = sorted(pairs, key=lambda p: (-p[2], p[0].key, p[1].key))
    groups: list[list[str]] = []
    home: dict[str, int] = {}
    for a, b, _ in ordered:
        ga, gb = home.get(a.key), home.get(b.key)
        if ga is not None and gb is not None:
            if ga != gb:
                groups.append([a.key, b.key])  # a pair across two groups stands by itself
            continue
        if ga is None and gb is None:
            home[a.key] = home[b.key] = len(groups)
            groups.append([a.key, b.key])
            continue
        index, new = (ga, b.key) if ga is not None else (gb, a.key)
        assert index is not None
        group = groups[index]
        if all(family[k] == family[new] or frozenset((k, new)) in near for k in group):
            group.append(new)
            home[new] = index
    made = []
    for group in groups:
        sims = [near[frozenset((a, b))] for a in group for b in group if frozenset((a, b)) in near]
        made.append((tuple(sorted(group)), max(sims)))
    return made


def _titles(group: Sequence[Line]) -> list[str]:
    """One title of each house first, so that both sides show."""
    first: dict[str, Line] = {}
    for line in sorted(group, key=lambda x: (-x.money, x.key)):
        first.setdefault(line.family, line)
    rest = [line for line in group if line not in first.values()]
    return [quoted(line.title, 70) for line in (*first.values(), *rest)]


def _merged(
    cliques: Sequence[tuple[tuple[str, ...], float]], known: Mapping[str, Line], index: Subjects
) -> list[tuple[tuple[str, ...], float]]:
    """Cliques of the same agencies on the same leading subject are one problem."""
    groups: dict[tuple[tuple[str, ...], str], tuple[set[str], float]] = {}
    for group, similarity in cliques:
        shared = set.intersection(*(set((index.about(k) or "").split()) for k in group))
        families = tuple(sorted({known[k].family for k in group}))
        lead = min(sorted(shared & SINGLE) or ["+".join(group)])
        name = (families, lead)
        keys, best = groups.get(name, (set(), 0.0))
        groups[name] = (keys | set(group), max(best, similarity))
    return [(tuple(sorted(keys)), best) for _, (keys, best) in sorted(groups.items())]


def _finding(context: Context, group: Sequence[Line], similarity: float) -> Finding:
    agencies = sorted({line.agency for line in group})
    names = listing([context.agency(a) for a in agencies])
    sides: dict[str, int] = defaultdict(int)
    for line in group:
        sides[line.family] += line.money
    stake = at_stake(sorted(sides.values()))
    stage = STAGE_NAMES.get(group[0].stage)
    packet = group[0].level == Level.PAKET
    what = Text(stage.id, stage.en) if packet and stage else Text("kegiatan", "activity")
    heads = listing(_titles(group), most=3)
    common = set.intersection(
        *(set(without_places(line, context.region_names).split()) for line in group)
    )
    named = shown([gist(line.title) for line in group], common) or shown(
        [line.text for line in group], common
    )
    about = Text(f" {named}", f" {named}") if named else Text(" hal yang sama", " one subject")
    total = rupiah(sum(line.money for line in group))
    score = 0.4 + 0.25 * min(max(similarity - 0.45, 0.0) / 0.4, 1.0)
    score += 0.1 * min(stake / 5e8, 1.0)
    return draft(
        context,
        FindingKind.OVERLAP,
        [line.key for line in group],
        rule="overlap.subject",
        reasons=join(
            Text(
                f"{names.id} sama-sama menangani{about.id}: {heads.id} (seluruhnya {total.id}).",
                f"{names.en} both handle{about.en}: {heads.en} ({total.en} in all).",
            ),
            Text(
                f"Sasaran dan keluaran {what.id}nya perlu dibagi agar tidak dibiayai dua kali.",
                f"Who serves whom with this {what.en} must be settled so that it is paid once.",
            ),
        ),
        score=min(score, 0.8),
        sure=min(0.4 + 0.4 * similarity, 0.8),
        money=stake,
        options=(
            Option(
                "lead_support",
                Text(
                    "Tetapkan satu perangkat daerah utama dan pembagian sasaran",
                    "Name a lead agency and divide the beneficiaries",
                ),
            ),
            Option("merge", Text("Gabungkan dalam satu kegiatan", "Merge into one activity")),
            Option(
                "joint", Text("Selaraskan jadwal dan peserta", "Align schedules and participants")
            ),
        ),
        evidence={
            "similarity": similarity,
            "words": shared_words([(line.key, line.title) for line in group]),
        },
    )
