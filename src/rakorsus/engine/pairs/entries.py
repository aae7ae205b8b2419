"""Duplication on paper: one sub kegiatan stands twice in the documents of one agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rakorsus.engine.blocks import together
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.lines import Line, at_stake
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Text
from rakorsus.engine.sentences import join, listing, quoted, rupiah

_NEAR = 0.05  # share by which what is counted twice may miss the excess over the structure
_SHOWN = 30


def find(context: Context) -> list[Finding]:
    """One finding for each agency whose sub kegiatan were entered twice, with money on both.

    Lines count as the same entry when agency, document, code and name agree. The old and the new
    number of one line may both be active after a budget shift: the totals count twice. Where the
    agency's own budget structure is known it decides: what is counted twice must be missing there.
    """
    if not context.enabled("duplicate.entry"):
        return []
    lines = together(context, "duplicate.entry", _agency)
    if not lines:
        return []
    documents = dict(context.mine.select("key", "document").iter_rows())
    structure = dict(context.agencies.select("code", "budget").iter_rows())
    same: dict[tuple[str, str, str, str], list[Line]] = defaultdict(list)
    sums: dict[tuple[str, str], int] = defaultdict(int)
    for line in lines:
        name = entry(line, documents[line.key])
        if name is not None:
            same[name].append(line)
            sums[name[0], name[1]] += line.money
    twice: dict[tuple[str, str], list[list[Line]]] = defaultdict(list)
    for (agency, document, _, _), entries in sorted(same.items()):
        if len(entries) > 1:
            twice[agency, document].append(entries)
    found = []
    for (agency, document), groups in sorted(twice.items()):
        budget = structure.get(agency)
        kept = _counted_twice(groups, sums[agency, document], budget)
        if kept and context.wanted(line.key for entries in kept for line in entries):
            kept.sort(key=lambda g: (-at_stake([x.money for x in g]), g[0].key))
            excess = sums[agency, document] - budget if budget else None
            found.append(_finding(context, agency, kept, excess))
    return found


def _agency(line: Line) -> tuple[str, ...]:
    """The agency of a line that may be an entry."""
    return () if entry(line, None) is None else (line.agency,)


def entry(line: Line, document: str | None) -> tuple[str, str, str, str] | None:
    """What two lines share that are one entry: agency, document, code and name; None for lines
    that are no sub kegiatan."""
    if line.level != Level.SUB_KEGIATAN or not line.code:
        return None
    return line.agency, document or "", line.code, line.plain.replace(" ", "")


def _counted_twice(
    groups: Sequence[list[Line]], total: int, budget: int | None
) -> list[list[Line]]:
    """The groups that the agency's totals count twice; all, some or none of them."""
    alike = [entries for entries in groups if len(entries) == 2 and _alike(entries)]
    if not budget:
        return alike
    every = sum(at_stake([line.money for line in entries]) for entries in groups)
    if abs(total - budget - every) <= _NEAR * every:
        return list(groups)
    counted = sum(at_stake([line.money for line in entries]) for entries in alike)
    return alike if total - budget >= (1 - _NEAR) * counted else []


def _alike(entries: Sequence[Line]) -> bool:
    """Amounts of one size: a part beside its whole is a split, not a second entry."""
    low, high = sorted(line.money for line in entries)
    return low >= 0.5 * high


def _finding(
    context: Context, agency: str, groups: Sequence[Sequence[Line]], excess: int | None
) -> Finding:
    every = [line for entries in groups for line in entries]
    counted = sum(at_stake([line.money for line in entries]) for entries in groups)
    largest = groups[0]
    title = quoted(largest[0].title, 70)
    amounts = [rupiah(line.money) for line in largest]
    said = rupiah(counted)
    equal = sum(len({line.money for line in entries}) == 1 for entries in groups)
    name, count = context.agency(agency), len(groups)
    many = (str(count), str(count)) if count > 1 else ("Satu", "One")
    example = f"misalnya {title}" if count > 1 else title
    example_en = f"for example {title}" if count > 1 else title
    same = Text("", "")
    if equal:
        same = Text(
            "Nilainya sama persis." if count == 1 else f"{equal} pasang bernilai sama persis.",
            "The amounts are equal." if count == 1 else f"In {equal} pairs the amounts are equal.",
        )
    proven = excess is not None and abs(excess - counted) <= _NEAR * counted
    proof = Text("", "")
    if proven and excess is not None:
        more = rupiah(excess)
        proof = Text(
            f"Jumlah sub kegiatannya memang melebihi struktur anggaran sebesar {more.id}.",
            f"The lines do exceed the agency's budget structure by {more.en}.",
        )
    score = 0.5 + 0.2 * min(counted / 1e10, 1.0) + 0.1 * min(count / 10, 1.0)
    score += 0.1 * (equal > 0 or proven)
    return draft(
        context,
        FindingKind.DUPLICATE,
        [line.key for line in every],
        rule="duplicate.entry",
        reasons=join(
            Text(
                f"{many[0]} sub kegiatan {name} tercatat lebih dari sekali dengan kode dan "
                f"nama yang sama, "
                f"{example} ({listing([a.id for a in amounts]).id}). "
                f"Nilai yang mungkin terhitung ganda {said.id}.",
                f"{many[1]} sub kegiatan of {name} entered more than once under one code and name, "
                f"{example_en} ({listing([a.en for a in amounts]).en}). "
                f"{said.en} may be counted twice.",
            ),
            same,
            proof,
            Text(
                "Pastikan apakah yang lama belum dihapus setelah pergeseran anggaran.",
                "Check whether the old entry was left in place after a budget shift.",
            ),
        ),
        score=min(score, 0.9),
        sure=0.95 if proven else 0.75,
        money=counted,
        options=(
            Option(
                "correct",
                Text(
                    "Nonaktifkan entri lama dan samakan dengan DPA terakhir",
                    "Deactivate the old entries and match them to the last DPA",
                ),
            ),
            Option(
                "explain",
                Text(
                    "Bila keduanya memang terpisah, bedakan namanya (unit atau sumber dana)",
                    "If both are real, tell them apart by name (unit or source of funds)",
                ),
            ),
        ),
        evidence={
            "excess": excess,
            "entries": [[line.key for line in entries] for entries in groups],
            "words": [
                words
                for entries in groups[:_SHOWN]
                for words in shared_words([(line.key, line.title) for line in entries])
            ],
        },
        places=(),
    )
