"""A replay as lines of JSON, as a page of figures (Markdown) and as a page to read (HTML)."""

from __future__ import annotations

import json
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from datetime import date
from html import escape
from typing import Any, Final

from rakorsus.engine.records import Text
from rakorsus.engine.report.markup import both, money, say, table
from rakorsus.engine.report.shell import document
from rakorsus.engine.sentences import day as said
from rakorsus.engine.sentences import month
from rakorsus.engine.warnings.judge import (
    FALSE,
    OUTCOMES,
    TRUE,
    UNDECIDED,
    UNRECORDED,
    Judged,
    Verdict,
    middle,
)

RULES: Final[Mapping[str, Text]] = {
    "warning.unbegun": Text("Pemilihan belum dimulai", "Selection not begun"),
    "warning.late": Text("Terlambat untuk selesai", "Too late to finish"),
    "warning.stuck": Text("Diumumkan tanpa kontrak", "Announced without a contract"),
    "warning.schedule": Text("Jadwal kontrak terlewati", "Past its own schedule"),
    "warning.failed": Text("Pemilihan gagal", "Failed selection"),
    "warning.beyond_year": Text("Kontrak melewati tahun", "Contract beyond the year"),
    "warning.overdue": Text("Masa kontrak habis", "Contract's time is over"),
    "warning.spending": Text("Realisasi di bawah rencana", "Spending below plan"),
    "warning.place": Text("Lokasi berbeda dari rencana", "Place differs from plan"),
    "warning.owner": Text("Tanpa penanggung jawab", "Nobody in charge"),
}
_WORDS: Final = {
    TRUE: Text("terbukti", "came true"),
    FALSE: Text("tidak terbukti", "did not"),
    UNRECORDED: Text("kontrak tidak dicatat", "contract not recorded"),
    UNDECIDED: Text("belum dapat dinilai", "not yet decided"),
}
_SHOWN: Final = 400


def as_line(judged: Judged, names: Mapping[str, str]) -> dict[str, Any]:
    """One warning of a replay, for a line of JSON."""
    n = judged.notice
    return {
        "day": n.day.isoformat(), "rule": n.rule, "key": n.key, "agency": n.agency,
        "agency_name": names.get(n.agency, n.agency), "title": n.title, "money": n.money,
        "by": n.by.isoformat(), "past": n.past, "last": n.last.isoformat() if n.last else None,
        "words": n.words.as_dict(), "basis": dict(n.basis), "records": list(n.keys),
        "outcome": judged.outcome, "what": judged.what, "lead": judged.lead,
    }  # fmt: skip


def summary(verdict: Verdict) -> dict[str, Any]:
    """The figures, for JSON."""
    made = {}
    for rule, counts in verdict.counts().items():
        good, decided = verdict.precision(rule)
        leads = verdict.leads(rule)
        made[rule] = {
            **{o: counts[o] for o in OUTCOMES}, "decided": decided, "true_of_decided": good,
            "lead_days": {"n": len(leads), "median": middle(leads),
                          "least": min(leads, default=None), "most": max(leads, default=None)},
        }  # fmt: skip
    good, decided = verdict.precision()
    leads = verdict.leads()
    return {
        "year": verdict.replay.year, "until": verdict.until.isoformat(),
        "warnings": len(verdict.judged), "decided": decided, "true": good,
        "lead_days": {"n": len(leads), "median": middle(leads),
                      "least": min(leads, default=None), "most": max(leads, default=None)},
        "went_wrong": verdict.bad, "missed": len(verdict.misses),
        "missed_by_kind": dict(sorted(Counter(m.what for m in verdict.misses).items())),
        "halves": halves(verdict), "rules": made,
    }  # fmt: skip


def halves(verdict: Verdict) -> dict[str, list[int]]:
    """Half of the year -> true and decided warnings given in it."""
    made = {"1": [0, 0], "2": [0, 0]}
    for j in verdict.judged:
        if j.outcome in (TRUE, FALSE):
            half = made["1" if j.notice.day.month <= 6 else "2"]
            half[0] += j.outcome == TRUE
            half[1] += 1
    return made


def markdown(verdict: Verdict, names: Mapping[str, str], *, title: str, command: str,
             trials: Iterable[tuple[int, Verdict]] = ()) -> str:  # fmt: skip
    """The figures as a page, losses beside wins. `trials` are replays with other patience."""
    told = summary(verdict)
    good, decided = verdict.precision()
    out = [
        f"# {title}", "",
        f"What would have been warned when in {verdict.replay.year}, knowing on each day only what "
        "the files could say on it, judged against what the same files show happened until "
        f"{verdict.until.isoformat()}. Command:", "", "```", command, "```", "",
        "## Figures", "",
        "| warning | n | came true | did not | contract not recorded | not yet decided | "
        "true of decided | lead days: median (least to most, n) |",
        "|---|--:|--:|--:|--:|--:|--:|---|",
    ]  # fmt: skip
    for rule, row in told["rules"].items():
        lead = row["lead_days"]
        share = f"{row['true_of_decided']} of {row['decided']}" if row["decided"] else "–"
        days = (
            f"{lead['median']:g} ({lead['least']} to {lead['most']}, {lead['n']})"
            if lead["n"]
            else "–"
        )
        n = sum(row[o] for o in OUTCOMES)
        out.append(
            f"| {RULES[rule].en} (`{rule}`) | {n} | {row[TRUE]} | {row[FALSE]} | "
            f"{row[UNRECORDED]} | {row[UNDECIDED]} | {share} | {days} |"
        )
    lead = told["lead_days"]
    first, second = told["halves"]["1"], told["halves"]["2"]
    out += [
        "",
        f"**Precision {good} of {decided}**"
        + (f" ({good / decided:.0%})" if decided >= 5 else "")
        + f"; given in January to June {first[0]} of {first[1]}, from July {second[0]} of "
        f"{second[1]}. Lead time: median {lead['median'] or 0:g} days, least {lead['least']}, most "
        f"{lead['most']} (n = {lead['n']}). "
        f"**Missed {told['missed']} of {told['went_wrong']}** selections that went wrong: "
        + ", ".join(f"{n} {what}" for what, n in told["missed_by_kind"].items()) + ".",
    ]  # fmt: skip
    listed = list(trials)
    if listed:
        out += ["", "## Other patience", ""]
        out += ["Days after an announcement during which nothing is said:", ""]
        out += ["| days | stuck: true of decided | median lead | missed |", "|--:|--:|--:|--:|"]
        for days_, other in listed:
            a, b = other.precision("warning.stuck")
            m = middle(other.leads("warning.stuck"))
            out.append(
                f"| {days_} | {a} of {b} | {'–' if m is None else f'{m:g}'} | {len(other.misses)} |"
            )
    out += ["", "## Missed", "", "By money; `failed`: no warning before the files say so.", "",
            "| line | agency | Rp | what | day |", "|---|---|--:|---|---|"]  # fmt: skip
    out += [
        f"| `{m.key}` {_cell(m.title)} | {_cell(names.get(m.agency, m.agency))} | {m.money:,} | "
        f"{m.what} | {m.day.isoformat()} |"
        for m in verdict.misses[:60]
    ]
    if len(verdict.misses) > 60:
        out.append(f"\n… and {len(verdict.misses) - 60} more of less money (`replay.json`).")
    wrong = [j for j in verdict.judged if j.outcome == FALSE]
    out += ["", "## Warned, and it did not come true", "",
            "| day | warning | line | by |", "|---|---|---|---|"]  # fmt: skip
    out += [
        f"| {j.notice.day.isoformat()} | {RULES[j.notice.rule].en} | `{j.notice.key}` "
        f"{_cell(j.notice.title)} | {j.notice.by.isoformat()} |"
        for j in wrong[:60]
    ]
    return "\n".join(out) + "\n"


def _cell(text: str) -> str:
    return " ".join(text.split()).replace("|", "/")[:90]


def as_json(verdict: Verdict, names: Mapping[str, str]) -> str:
    content = {
        "summary": summary(verdict),
        "warnings": [as_line(j, names) for j in verdict.judged],
        "missed": [
            {"key": m.key, "agency": m.agency, "title": m.title, "money": m.money, "what": m.what,
             "day": m.day.isoformat()}
            for m in verdict.misses
        ],
    }  # fmt: skip
    return json.dumps(content, ensure_ascii=False, indent=1)


def html(verdict: Verdict, names: Mapping[str, str], *, title: str) -> str:
    """The page to read: months, then every warning with its reason, deadline and outcome."""
    good, decided = verdict.precision()
    months: dict[tuple[int, str], list[Judged]] = defaultdict(list)
    for j in verdict.judged:
        months[j.notice.day.month, j.notice.rule].append(j)
    rules = [r for r in RULES if any(rule == r for _, rule in months)]
    year = verdict.replay.year
    head = [both(Text("Bulan", "Month")), *(both(RULES[r]) for r in rules)]
    body = [
        [both(month(date(year, m, 1))), *(str(len(months.get((m, r), ())) or "") for r in rules)]
        for m in range(1, 13)
        if any((m, r) in months for r in rules)
    ]
    lead = middle(verdict.leads())
    lead_line = both(
        Text(
            f"{len(verdict.judged)} peringatan; dari {decided} yang dapat dinilai {good} terbukti. "
            f"{len(verdict.misses)} dari {verdict.bad} yang bermasalah tidak diperingatkan "
            f"sebelumnya. Waktu di muka: median {lead or 0:g} hari.",
            f"{len(verdict.judged)} warnings; of {decided} that can be judged {good} came true. "
            f"{len(verdict.misses)} of {verdict.bad} that went wrong were not warned about before. "
            f"Lead time: median {lead or 0:g} days.",
        )
    )
    lines = [
        table(head, body, range(1, len(head))),
        "<h2>" + both(Text("Peringatan", "Warnings")) + "</h2>",
        *(_card(j, names) for j in verdict.judged[:_SHOWN]),
    ]  # fmt: skip
    if len(verdict.judged) > _SHOWN:
        more = len(verdict.judged) - _SHOWN
        rest = say(f"{more} peringatan lagi ada di replay.json.", f"{more} more in replay.json.")
        lines.append(f"<p>{rest}</p>")
    foot = say(
        "Pada tiap hari hanya yang sudah diketahui hari itu yang dipakai. Tidak ada yang "
        "diperingatkan pada tahun itu: yang terjadi adalah yang terjadi tanpa peringatan.",
        "On each day only what was known on it is used. Nobody was warned in that year: what "
        "happened is what happens without a warning.",
    )  # fmt: skip
    return document(title, lead_line, "".join(lines), foot)


def _card(judged: Judged, names: Mapping[str, str]) -> str:
    n = judged.notice
    outcome = _WORDS[judged.outcome]
    facts = " · ".join((
        both(said(n.day)), both(RULES[n.rule]), escape(names.get(n.agency, n.agency)),
        money(n.money), both(Text(f"paling lambat {said(n.by).id}", f"by {said(n.by).en}")),
        both(outcome) + (f" ({judged.lead} " + both(Text("hari", "days")) + ")"
                         if judged.lead is not None else ""),
    ))  # fmt: skip
    level = "high" if judged.outcome == TRUE else "medium" if judged.outcome == FALSE else ""
    return (
        f'<article class="finding {level}"><div class="facts">{facts}</div>'
        f'<p class="reason">{both(n.words)}</p><code>{escape(n.key)}</code></article>'
    )
