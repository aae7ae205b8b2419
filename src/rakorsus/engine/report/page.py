"""The whole report: summary, counts, findings, expected repetition, quality of the data."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from html import escape

import polars as pl

from rakorsus.engine.explain.rulebook import RULEBOOK
from rakorsus.engine.explain.words import DATE_GRADES, PLACE_GRADES
from rakorsus.engine.findings import Findings
from rakorsus.engine.records import DateGrade, Finding, PlaceGrade, Severity
from rakorsus.engine.report.cards import card
from rakorsus.engine.report.labels import KINDS, SEVERITIES
from rakorsus.engine.report.markup import both, money, on, say, table
from rakorsus.engine.report.shell import document

_FOOT = say(
    "Dibuat oleh rakorsus dari berkas yang disebut di atas. Kemiripan judul saja tidak pernah "
    "menjadi temuan; tempat, waktu, keluaran dan siklus paket ikut diperiksa. Angka di samping "
    "“Sumber” adalah nomor pada berkas asal.",
    "Made by rakorsus from the files named above. Similar titles alone are never a finding; "
    "place, time, output and the package's life cycle are checked too. The number beside "
    "“Source” is the file's own key.",
)
_CARDS = 60
_ROWS = 400
_AGENCIES = 12
_EXAMPLES = 6


@dataclass(frozen=True, slots=True)
class Source:
    """A file that the run read: its name and how many rows were accepted and set aside."""

    name: str
    kind: str
    accepted: int
    set_aside: int


def render(
    result: Findings,
    programs: pl.DataFrame,
    *,
    title: str,
    today: date,
    sources: Sequence[Source] = (),
) -> str:
    """The report as one HTML document; `programs` as given to `analyse`."""
    areas = dict(result.regions.select("code", "name").iter_rows())
    parts = [
        _summary(result, programs),
        _kinds(result),
        _agencies(result),
        _cards(result, areas),
        _rest(result),
        _expected(result),
        _quality(result, programs),
        _sources(sources),
    ]
    return document(title, _lead(today), "".join(parts), _FOOT)


def _lead(today: date) -> str:
    told = say("Temuan koordinasi program, keadaan", "Findings on programs, as of")
    asked = say(
        "Setiap temuan adalah pertanyaan untuk dijawab perangkat daerah, bukan tuduhan.",
        "Each finding is a question for the agencies to answer, not an accusation.",
    )
    return f"{told} {on(today)}.\n{asked}"


def _head(indonesian: str, english: str) -> str:
    return f"<h2>{say(indonesian, english)}</h2>"


def _summary(result: Findings, programs: pl.DataFrame) -> str:
    levels = Counter(f.severity for f in result.findings)
    stake = sum(f.money for f in result.findings)
    tiles = [
        (f"{programs.height:,}".replace(",", "."), say("baris program", "program lines")),
        (str(programs["agency"].n_unique()), say("perangkat daerah", "agencies")),
        (str(len(result.findings)), say("temuan", "findings")),
        (str(levels[Severity.HIGH]), say("tingkat tinggi", "high severity")),
        (money(stake), say("dipertaruhkan", "at stake")),
        (str(len(result.expected)), say("pengulangan wajar", "expected repetitions")),
    ]
    body = "".join(f'<div class="tile"><b>{value}</b>{name}</div>' for value, name in tiles)
    return f'<div class="tiles">{body}</div>'


def _kinds(result: Findings) -> str:
    count = Counter(f.kind for f in result.findings)
    amount: dict[object, int] = defaultdict(int)
    for finding in result.findings:
        amount[finding.kind] += finding.money
    most = max(count.values(), default=1)
    rows = [
        [
            both(KINDS[kind]),
            str(number),
            f'<span class="bar" style="width:{max(1, round(100 * number / most))}%"></span>',
            money(amount[kind]),
        ]
        for kind, number in sorted(count.items(), key=lambda k: (-k[1], k[0].value))
    ]
    heads = [
        say("Jenis", "Kind"),
        say("Jumlah", "Number"),
        "",
        say("Dipertaruhkan", "At stake"),
    ]
    return _head("Temuan menurut jenis", "Findings by kind") + table(heads, rows, (1, 3))


def _agencies(result: Findings) -> str:
    found: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.findings:
        for agency in finding.agencies:
            found[agency].append(finding)
    order = sorted(found, key=lambda a: (-len(found[a]), a))
    rows = []
    for agency in order:
        partners = Counter(
            result.agency_names.get(other, other)
            for f in found[agency]
            for other in f.agencies
            if other != agency
        )
        top = ", ".join(f"{escape(n)} ({c})" for n, c in partners.most_common(3))
        rows.append(
            [
                escape(result.agency_names.get(agency, agency)),
                str(len(found[agency])),
                str(sum(f.severity == Severity.HIGH for f in found[agency])),
                money(sum(f.money for f in found[agency])),
                top or "–",
            ]
        )
    heads = [
        say("Perangkat daerah", "Agency"),
        say("Temuan", "Findings"),
        say("Tinggi", "High"),
        say("Dipertaruhkan", "At stake"),
        say("Paling sering bersama", "Most often with"),
    ]
    first = table(heads, rows[:_AGENCIES], (1, 2, 3))
    rest = rows[_AGENCIES:]
    if rest:
        more = say(f"{len(rest)} perangkat daerah lainnya", f"{len(rest)} more agencies")
        first += f"<details><summary>{more}</summary>{table(heads, rest, (1, 2, 3))}</details>"
    return _head("Menurut perangkat daerah", "By agency") + f'<div class="narrow">{first}</div>'


def _cards(result: Findings, areas: Mapping[str, str]) -> str:
    shown = [
        card(i, finding, result.agency_names, areas)
        for i, finding in enumerate(result.findings[:_CARDS], 1)
    ]
    return (
        f"<h2>{say(f'{len(shown)} temuan teratas', f'Top {len(shown)} findings')}</h2>"
        + "".join(shown)
    )


def _rest(result: Findings) -> str:
    rest = result.findings[_CARDS : _CARDS + _ROWS]
    if not rest:
        return ""
    rows = [
        [
            str(i),
            both(KINDS[f.kind]),
            both(SEVERITIES[f.severity]),
            both(f.reasons),
            money(f.money),
            "<br>".join(f"<code>{escape(k)}</code>" for k in f.keys[:4]),
        ]
        for i, f in enumerate(rest, _CARDS + 1)
    ]
    heads = [
        "#",
        say("Jenis", "Kind"),
        say("Tingkat", "Severity"),
        say("Alasan", "Reason"),
        say("Dipertaruhkan", "At stake"),
        say("Sumber", "Source"),
    ]
    left = len(result.findings) - _CARDS - len(rest)
    note = say(f"{left} temuan lain di findings.jsonl.", f"{left} more in findings.jsonl.")
    end = f'<p class="soft">{note}</p>' if left > 0 else ""
    return _head("Temuan lainnya", "Other findings") + table(heads, rows, (0, 4)) + end


def _expected(result: Findings) -> str:
    groups: dict[str, list[Finding]] = defaultdict(list)
    for finding in result.expected:
        groups[finding.rule].append(finding)
    rows = []
    for rule, found in sorted(groups.items(), key=lambda g: (-len(g[1]), g[0])):
        examples = sorted(found, key=lambda f: (-f.money, f.id))[:_EXAMPLES]
        rows.append(
            [
                both(RULEBOOK[rule].title),
                str(len(found)),
                str(sum(len(f.programs) for f in found)),
                f"<details><summary>{say('contoh', 'examples')}</summary>"
                + "".join(f"<p>{both(f.reasons)}</p>" for f in examples)
                + "</details>",
            ]
        )
    heads = [
        say("Alasan", "Reason"),
        say("Kelompok", "Groups"),
        say("Baris", "Lines"),
        say("Contoh", "Examples"),
    ]
    intro = say(
        "Pengulangan berikut dikenali sebagai wajar dan tidak dihitung sebagai temuan; "
        "seluruhnya ada di expected.jsonl.",
        "These repetitions were recognised as normal and are not findings; all of them are in "
        "expected.jsonl.",
    )
    head = say("Pengulangan yang wajar", "Expected repetition")
    return f"<h2>{head}</h2><p>{intro}</p>" + table(heads, rows, (1, 2))


def _quality(result: Findings, programs: pl.DataFrame) -> str:
    packages = programs.filter(pl.col("level") == "paket")
    total = max(packages.height, 1)
    best = dict(result.places.group_by("key").agg(pl.col("grade").max()).iter_rows())
    places = Counter(best.get(key, 0) for key in packages["key"].to_list())
    dates = Counter(result.date_grades.get(key, 0) for key in packages["key"].to_list())
    volume = packages.filter(
        pl.col("volume").str.strip_chars().str.to_lowercase().is_in(["1 paket", "1"])
    ).height
    rows = [
        *_shares(
            say("Lokasi paket", "Place of packages"),
            [(both(PLACE_GRADES[g]), places[g]) for g in PlaceGrade],
            total,
        ),
        *_shares(
            say("Waktu paket", "Period of packages"),
            [(both(DATE_GRADES[g]), dates[g]) for g in DateGrade],
            total,
        ),
        *_shares(say("Volume", "Volume"), [("“1 Paket”", volume)], total),
    ]
    heads = [
        say("Bukti", "Evidence"),
        say("Mutu", "Quality"),
        say("Paket", "Packages"),
        say("Bagian", "Share"),
    ]
    intro = say(
        "Bukti yang lemah menurunkan nilai temuan atau menjadi pertanyaan kepada perangkat daerah.",
        "Weak evidence lowers a finding's score or becomes a question to the agency.",
    )
    return f"<h2>{say('Mutu data', 'Quality of the data')}</h2><p>{intro}</p>" + table(
        heads, rows, (2, 3)
    )


def _shares(head: str, counts: Sequence[tuple[str, int]], total: int) -> list[list[str]]:
    return [
        [head if i == 0 else "", name, str(number), f"{100 * number / total:.0f}%"]
        for i, (name, number) in enumerate(c for c in counts if c[1])
    ]


def _sources(sources: Sequence[Source]) -> str:
    if not sources:
        return ""
    rows = [
        [f"<code>{escape(s.name)}</code>", escape(s.kind), str(s.accepted), str(s.set_aside)]
        for s in sources
    ]
    heads = [
        say("Berkas", "File"),
        say("Jenis", "Kind"),
        say("Baris diterima", "Rows accepted"),
        say("Disisihkan", "Set aside"),
    ]
    return _head("Berkas yang dibaca", "Files read") + table(heads, rows, (2, 3))
