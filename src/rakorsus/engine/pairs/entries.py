"""Duplication on paper: one sub kegiatan stands twice in the documents of one agency."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence

from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.lines import Line, at_stake, lines
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Text
from rakorsus.engine.sentences import join, quoted, rupiah

_SHOWN = 30


def find(context: Context) -> list[Finding]:
    """One finding for each agency whose sub kegiatan were entered twice, with money on both.

    Lines count as the same entry when agency, year, document, code and title agree. The old and
    the new number of one line may both be active after a budget shift: the totals count twice.
    """
    if not context.enabled("duplicate.entry"):
        return []
    documents = dict(context.programs.select("key", "document").iter_rows())
    same: dict[tuple[str, str, str, str], list[Line]] = defaultdict(list)
    for line in lines(context).values():
        if line.level == Level.SUB_KEGIATAN and line.code:
            name = line.plain.replace(" ", "")
            same[line.agency, documents[line.key] or "", line.code, name].append(line)
    twice: dict[tuple[str, str], list[list[Line]]] = defaultdict(list)
    for (agency, document, _, _), entries in sorted(same.items()):
        if len(entries) == 2 and _alike(entries):
            twice[agency, document].append(entries)
    found = []
    for (agency, _), groups in sorted(twice.items()):
        keys = [line.key for entries in groups for line in entries]
        if context.wanted(keys):
            groups.sort(key=lambda g: (-at_stake([x.money for x in g]), g[0].key))
            found.append(_finding(context, agency, groups))
    return found


def _alike(entries: Sequence[Line]) -> bool:
    """Amounts of one size: a part beside its whole is a split, not a second entry."""
    low, high = sorted(line.money for line in entries)
    return low >= 0.5 * high


def _finding(context: Context, agency: str, groups: Sequence[Sequence[Line]]) -> Finding:
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
    score = 0.5 + 0.2 * min(counted / 1e10, 1.0) + 0.1 * min(count / 10, 1.0)
    score += 0.1 * (equal > 0)
    return draft(
        context,
        FindingKind.DUPLICATE,
        [line.key for line in every],
        rule="duplicate.entry",
        reasons=join(
            Text(
                f"{many[0]} sub kegiatan {name} tercatat dua kali dengan kode dan nama yang sama, "
                f"{example} ({' dan '.join(a.id for a in amounts)}). "
                f"Nilai yang mungkin terhitung ganda {said.id}.",
                f"{many[1]} sub kegiatan of {name} entered twice under one code and name, "
                f"{example_en} ({' and '.join(a.en for a in amounts)}). "
                f"{said.en} may be counted twice.",
            ),
            same,
            Text(
                "Pastikan apakah yang lama belum dihapus setelah pergeseran anggaran.",
                "Check whether the old entry was left in place after a budget shift.",
            ),
        ),
        score=min(score, 0.9),
        sure=0.75,
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
            "entries": [[line.key for line in entries] for entries in groups],
            "words": [
                words
                for entries in groups[:_SHOWN]
                for words in shared_words([(line.key, line.title) for line in entries])
            ],
        },
        places=(),
    )
