"""Overlap of services: different agencies serve the same subject by training, study or aid."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence

from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.anchors import meet
from rakorsus.engine.pairs.blocks import Pair, similar
from rakorsus.engine.pairs.lines import Line, at_stake, lines, one_area
from rakorsus.engine.pairs.topics import SINGLE, shown, subject
from rakorsus.engine.pairs.vectors import vectors
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Text
from rakorsus.engine.refusal import Refusal
from rakorsus.engine.sentences import gist, join, listing, quoted, rupiah
from rakorsus.engine.thesaurus import STAGE_NAMES
from rakorsus.engine.words import stems

_SERVICES = frozenset({"study", "train", "inform", "event", "aid"})
_LEAST = 20_000_000  # rupiah: below this on both sides a desk slot costs more than it saves
_OVERSIGHT = ("4.02.", "6.01.")  # the council's and the inspectorate's work touches every subject
_RARE_WORDS = 2  # two studies with so many rare words in common are near enough ...
_RARE_SHARE = 0.7  # ... from this share of the usual similarity
_COMMON = 5  # agencies that bear a title before it counts as a standard task


def find(context: Context) -> list[Finding]:
    """Sub kegiatan, studies, trainings and campaigns of two agencies on one subject."""
    if not context.enabled("overlap.subject"):
        return []
    known = lines(context)
    chosen = _candidates(known, context)
    pairs = _pairs(chosen, context)
    found = []
    for group, similarity in _merged(_cliques(pairs, chosen), chosen):
        if context.wanted(group):
            found.append(_finding(context, [known[k] for k in group], similarity))
    return found


def _candidates(known: Mapping[str, Line], context: Context) -> list[tuple[Line, str]]:
    """Lines with a subject of their own: no support, no series, no overhead, no standard task."""
    owners: dict[tuple[str, str], set[str]] = defaultdict(set)
    for line in known.values():
        owners[line.government, line.text].add(line.family)
    found = []
    for line in known.values():
        if line.support or line.overhead or line.series or line.money < _LEAST:
            continue
        if (line.code or "").startswith(_OVERSIGHT):
            continue
        if line.level == Level.PAKET and line.stage not in _SERVICES:
            continue
        if line.level not in (Level.PAKET, Level.SUB_KEGIATAN):
            continue
        about = _without(subject(line.text), line, context)
        if about and len(owners[line.government, line.text]) < _COMMON:
            found.append((line, about))
    return found


def _without(words: str, line: Line, context: Context) -> str:
    """The subject without the names of the regions in which the line works."""
    codes = {anchor.region for anchor in line.anchors}
    codes |= {code.rpartition(".")[0] for code in codes}
    names = {s for code in codes for s in stems(context.region(code).lower())}
    return " ".join(w for w in words.split() if w not in names)


def _pairs(chosen: Sequence[tuple[Line, str]], context: Context) -> list[tuple[Line, Line, float]]:
    texts = sorted({about for _, about in chosen})
    number = {t: i for i, t in enumerate(texts)}
    frequency = Counter(w for t in texts for w in set(t.split()))
    by_text: dict[int, list[Line]] = defaultdict(list)
    for line, about in chosen:
        by_text[number[about]].append(line)
    least = context.rules.overlap_similarity * _RARE_SHARE
    near = similar(vectors(texts), _blocks(chosen, number), least)
    near += [Pair(i, i, 1.0) for i in sorted(by_text)]
    found = []
    for pair in near:
        shared = set(texts[pair.left].split()) & set(texts[pair.right].split())
        rare = [w for w in shared if frequency[w] <= max(4, len(texts) // 60)]
        near_enough = pair.similarity >= context.rules.overlap_similarity
        single = bool(shared & SINGLE)
        if not single and (len(shared) < 2 or not rare):
            continue
        studies = len(rare) >= _RARE_WORDS
        for a in by_text[pair.left]:
            for b in by_text[pair.right]:
                once = pair.left != pair.right or a.key < b.key
                packets = a.level == Level.PAKET
                enough = near_enough or single or (studies and packets and a.stage == "study")
                if once and enough and _refused(a, b) is None:
                    found.append((a, b, pair.similarity))
    return found


def judge(context: Context, a: Line, b: Line) -> Refusal | None:
    """Why the rule says nothing of two lines; None when it takes them for one subject."""
    if (refusal := _refused(a, b)) is not None:
        return refusal
    chosen = _candidates(lines(context), context)
    if not {a.key, b.key} <= {line.key for line, _ in chosen}:
        return Refusal.NOT_ASKED
    pair = {a.key, b.key}
    near = any({one.key, other.key} == pair for one, other, _ in _pairs(chosen, context))
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


def _blocks(chosen: Sequence[tuple[Line, str]], number: Mapping[str, int]) -> list[list[int]]:
    """The texts of each government, with those of the province above it."""
    texts: dict[str, set[int]] = defaultdict(set)
    for line, about in chosen:
        texts[line.government].add(number[about])
    return [
        sorted(own.union(*(texts[g] for g in texts if code.startswith(f"{g}."))))
        for code, own in sorted(texts.items())
    ]


def _same_service(a: Line, b: Line) -> bool:
    """Packages: the same stage, or training and aid. Sub kegiatan: both or none a study."""
    if a.level == Level.SUB_KEGIATAN:
        return (a.stage == "study") == (b.stage == "study")
    return a.stage == b.stage or {a.stage, b.stage} == {"train", "aid"}


def _cliques(
    pairs: Sequence[tuple[Line, Line, float]], chosen: Sequence[tuple[Line, str]]
) -> list[tuple[tuple[str, ...], float]]:
    """Pairs merged into groups in which every two lines of different houses are a pair."""
    near = {frozenset((a.key, b.key)): s for a, b, s in pairs}
    family = {line.key: line.family for line, _ in chosen}
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
    cliques: Sequence[tuple[tuple[str, ...], float]], chosen: Sequence[tuple[Line, str]]
) -> list[tuple[tuple[str, ...], float]]:
    """Cliques of the same agencies on the same leading subject are one problem."""
    about = {line.key: (line.family, set(words.split())) for line, words in chosen}
    groups: dict[tuple[tuple[str, ...], str], tuple[set[str], float]] = {}
    for group, similarity in cliques:
        shared = set.intersection(*(about[k][1] for k in group))
        families = tuple(sorted({about[k][0] for k in group}))
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
        *(set(_without(subject(line.text), line, context).split()) for line in group)
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
