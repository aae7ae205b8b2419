"""Duplication by double input: one package stands twice under two package numbers."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from rakorsus.engine.blocks import blocks, together
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.lines import Line, at_stake
from rakorsus.engine.pairs.topics import subject
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Text
from rakorsus.engine.sentences import join, quoted, rupiah

_ROUND = 100_000
_LEAST = 10_000_000
_COPIES = 3
_SAYS_WHERE = re.compile(r"\b(desa|kelurahan|kampung|rw)\b")


def find(context: Context) -> list[Finding]:
    """Packages of one agency with the same name, description and telling amount.

    An amount tells when it is not round, or when the name says in which village something is
    built.

    Names that are only an account ("Belanja Sosialisasi"), packages at a known RW or hamlet (see
    `duplicates`) and amounts that repeat more often are left out. One finding for each agency.
    """
    if not context.enabled("duplicate.twin"):
        return []
    lines = together(context, "duplicate.twin", _agency)
    if not lines:
        return []
    told = dict(context.mine.select("key", "description").iter_rows())
    amounts = blocks(context, "amounts of packages", _amount)
    same: dict[tuple[str, str, str, int], list[Line]] = defaultdict(list)
    for line in lines:
        if _placed(line) or len(amounts[str(line.money)]) <= _COPIES:
            same[twin(line, told[line.key])].append(line)
    houses: dict[str, list[list[Line]]] = defaultdict(list)
    for (agency, _, _, _), group in sorted(same.items()):
        if len({line.work for line in group}) > 1:
            houses[agency].append(group)
    found = []
    for agency, groups in sorted(houses.items()):
        if context.wanted(line.key for group in groups for line in group):
            found.append(_finding(context, agency, groups))
    return found


def _amount(line: Line) -> tuple[str, ...]:
    return (str(line.money),) if line.level == Level.PAKET else ()


def _agency(line: Line) -> tuple[str, ...]:
    return (line.agency,) if telling(line) else ()


def twin(line: Line, description: str | None) -> tuple[str, str, str, int]:
    """What two announcements share that are one: agency, name, description and amount."""
    words = " ".join((description or "").lower().split()).rstrip("; ")
    return line.agency, line.plain, words, line.money


def telling(line: Line) -> bool:
    """Whether a package's name and amount say enough for a repeat to be one input twice."""
    return (
        line.level == Level.PAKET
        and not line.overhead
        and line.money >= _LEAST
        and (line.money % _ROUND != 0 or _placed(line))
        and bool(subject(line.text) or line.objects)
        and not any(anchor.fine for anchor in line.anchors)
    )


def _placed(line: Line) -> bool:
    """Whether it builds something in a village that its own name gives: then even a round
    amount tells."""
    return line.physical and any(
        anchor.village and _SAYS_WHERE.search(line.plain) for anchor in line.anchors
    )


def _finding(context: Context, agency: str, groups: Sequence[Sequence[Line]]) -> Finding:
    every = [line for group in groups for line in group]
    counted = sum(at_stake([line.money for line in group]) for group in groups)
    name, said = context.agency(agency), rupiah(counted)
    first = max(groups, key=lambda g: (g[0].money, g[0].key))
    title, amount = quoted(first[0].title, 80), rupiah(first[0].money)
    count = len(groups)
    if count == 1:
        head = Text(
            f"{name} mengumumkan {title} {len(first)} kali dengan nomor paket berbeda, nama, "
            f"uraian dan nilainya sama persis ({amount.id}).",
            f"{name} announced {title} {len(first)} times under different package numbers with "
            f"the same name, description and amount ({amount.en}).",
        )
    else:
        head = Text(
            f"{name} memiliki {count} paket yang diumumkan dua kali dengan nama, uraian dan nilai "
            f"yang sama persis, misalnya {title} ({amount.id}); seluruhnya {said.id}.",
            f"{name} has {count} packages announced twice with the same name, description and "
            f"amount, for example {title} ({amount.en}); {said.en} in all.",
        )
    return draft(
        context,
        FindingKind.DUPLICATE,
        [line.key for line in every],
        rule="duplicate.twin",
        reasons=join(
            head,
            Text(
                "Pastikan apakah ini input ganda; bila tidak, bedakan lokasinya atau pesertanya.",
                "Check whether this is a double entry; if not, tell places or participants apart.",
            ),
        ),
        score=min(0.58 + 0.06 * min(count - 1, 3) + 0.12 * min(counted / 2e8, 1.0), 0.8),
        sure=0.7,
        money=counted,
        options=(
            Option(
                "cancel",
                Text("Batalkan paket yang terinput ganda", "Cancel the double entry"),
                tuple(
                    {"key": line.key, "set": "status", "to": "cancelled"}
                    for group in groups
                    for line in sorted(group, key=lambda x: x.key)[1:]
                ),
            ),
            Option(
                "explain",
                Text(
                    "Lengkapi nama paket dengan lokasi atau angkatan",
                    "Add the place or the round to the names",
                ),
            ),
        ),
        evidence={
            "entries": [[line.key for line in group] for group in groups],
            "words": [
                words
                for group in groups
                for words in shared_words([(line.key, line.title) for line in group])
            ],
        },
    )
