"""Fragmentation: three or more agencies work on one outcome and nobody leads (GAO-15-49SP)."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence

from rakorsus.engine.blocks import together
from rakorsus.engine.context import Context
from rakorsus.engine.draft import draft
from rakorsus.engine.marks import shared_words
from rakorsus.engine.pairs.lines import Line
from rakorsus.engine.records import Finding, FindingKind, Level, Option, Text
from rakorsus.engine.sentences import join, listing, rupiah
from rakorsus.engine.thesaurus import THEME_NAMES, THEMES

_LEADS = re.compile(r"\b(koordinasi|sinkronisasi|konvergensi|tim percepatan|gugus tugas)\b")
_LEAST_AGENCIES = 3
_LEAST = 10_000_000  # rupiah per agency
_OTHERS = 0.05  # share of the money that is not with the largest agency
_SHOWN = 40


def find(context: Context) -> list[Finding]:
    """One finding for each outcome that three or more houses serve and nobody clearly leads.

    Where one of them says that it coordinates, it takes four.
    """
    if not context.enabled("fragmentation.theme"):
        return []
    groups: dict[tuple[str, str], list[Line]] = defaultdict(list)
    for line in together(context, "fragmentation.theme", _themes):
        for theme in line.themes:
            groups[line.government, theme].append(line)
    patterns = {t.code: t.pattern for t in THEMES}
    found = []
    for government, theme in sorted(groups):
        sides: dict[str, list[Line]] = defaultdict(list)
        for line in groups[government, theme]:
            if patterns[theme].search(line.plain):
                sides[line.family].append(line)
        strong = {f: ls for f, ls in sides.items() if sum(x.money for x in ls) >= _LEAST}
        members = sorted((x for ls in strong.values() for x in ls), key=lambda x: x.key)
        sums = sorted(sum(x.money for x in ls) for ls in strong.values())
        if sum(sums[:-1]) < _OTHERS * sum(sums):
            continue  # one agency does it all, the others touch it
        led = any(_LEADS.search(x.plain) for x in members)
        if len(strong) >= _LEAST_AGENCIES + led and context.wanted(x.key for x in members):
            found.append(_finding(context, theme, members))
    return found


def _themes(line: Line) -> Iterator[str]:
    if line.level == Level.SUB_KEGIATAN and not line.support and not line.series:
        yield from (f"{line.government}|{theme}" for theme in line.themes)


def _by_house(group: Sequence[Line]) -> dict[str, int]:
    """Money of each house under the name of its agency with the most money.

    One line that stands in several documents (Renja, RKPD, procurement plan) counts once.
    """
    once: dict[tuple[str, str | None, str], Line] = {}
    for line in group:
        name = (line.agency, line.code, line.plain)
        if name not in once or line.money > once[name].money:
            once[name] = line
    agencies: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for line in once.values():
        agencies[line.family][line.agency] += line.money
    return {max(sorted(own), key=lambda a: own[a]): sum(own.values()) for own in agencies.values()}


def _finding(context: Context, theme: str, group: Sequence[Line]) -> Finding:
    name = THEME_NAMES[theme]
    money = _by_house(group)
    ranked = sorted(money, key=lambda a: (-money[a], a))
    total = sum(money.values())
    names = listing([context.agency(a) for a in ranked], most=5)
    said = rupiah(total)
    leaders = sorted({line.agency for line in group if _LEADS.search(line.plain)})
    if leaders:
        who = listing([context.agency(a) for a in leaders])
        lead = Text(
            f"Koordinasi hanya tampak pada {who.id}; peran yang lain belum ditetapkan.",
            f"Coordination shows only at {who.en}; the roles of the others are not set.",
        )
    else:
        lead = Text(
            "Tidak satu pun sub kegiatannya menyebut koordinasi, sehingga tidak tampak siapa "
            "yang memimpin.",
            "None of the lines mentions coordination, so it does not show who leads.",
        )
    share = money[ranked[0]] / total
    count = len(ranked)
    score = 0.5 + 0.04 * min(count - 3, 4) + 0.08 * (not leaders) + 0.08 * min(total / 5e9, 1.0)
    score -= 0.12 * (share > 0.9)
    first = context.agency(ranked[0])
    return draft(
        context,
        FindingKind.FRAGMENTATION,
        [line.key for line in group],
        rule="fragmentation.theme",
        about=theme,
        reasons=join(
            Text(
                f"{count} perangkat daerah menangani {name.id} lewat {len(group)} sub kegiatan "
                f"senilai {said.id}: {names.id}.",
                f"{count} agencies work on {name.en} through {len(group)} lines worth "
                f"{said.en}: {names.en}.",
            ),
            lead,
        ),
        score=score,
        sure=0.7 if not leaders else 0.55,
        money=total - money[ranked[0]],
        options=(
            Option(
                "coordinator",
                Text(
                    f"Tunjuk koordinator (porsi terbesar: {first}) dan tetapkan indikator bersama",
                    f"Appoint a coordinator (largest share: {first}) and set a common indicator",
                ),
            ),
            Option(
                "joint_plan",
                Text(
                    "Susun satu rencana aksi dengan pembagian sasaran dan lokasi",
                    "Draw up one plan of action that divides beneficiaries and places",
                ),
            ),
        ),
        evidence={
            "theme": theme,
            "agencies": [{"agency": a, "money": money[a]} for a in ranked],
            "words": shared_words([(x.key, x.title) for x in group[:_SHOWN]]),
        },
        places=(),
    )
