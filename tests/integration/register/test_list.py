"""The list: filters, search, order and pages, against plain Python over the same lines."""

from __future__ import annotations

import random
from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.http import QueryDict

from rakorsus.people.actor import Actor, system
from rakorsus.people.models import Agency
from rakorsus.stages.register import panels, queries, words
from rakorsus.stages.register.actions import Frames, publish
from rakorsus.stages.register.forms import MoneyField, asked
from rakorsus.stages.register.models import Program, ProgramPlace, ProgramTag
from rakorsus.stages.register.queries import listing
from rakorsus.stages.register.queries.filters import Filters
from rakorsus.synth import bulk

pytestmark = pytest.mark.django_db
Row = dict[str, Any]
PUBLIC = Actor(None, "page")


@pytest.fixture
def many(installation) -> list[Row]:
    """Some hundred lines of the bulk generator, as plain rows with places, tags and units."""
    publish(installation, bulk.frames(400, seed=7))
    places: dict[str, set[str]] = {}
    for key, code in ProgramPlace.objects.values_list("program__key", "region__code"):
        places.setdefault(key, set()).add(code or "")
    tags: dict[str, set[str]] = {}
    for key, tag in ProgramTag.objects.values_list("program__key", "tag"):
        tags.setdefault(key, set()).add(tag)
    above = dict(Agency.objects.values_list("code", "parent__code"))
    rows = queries.frame().to_dicts()
    for row in rows:
        contract = row["contract_start"] is not None
        row["money"] = row["contract_value"] or row["budget"] or 0
        row["begins"] = row["contract_start"] if contract else row["start"]
        row["ends"] = row["contract_end"] if contract else row["end"]
        row["regions"] = places.get(row["key"], set())
        row["themes"] = tags.get(row["key"], set())
        row["houses"] = {row["agency"], above[row["agency"]]}
    return rows


def found(address: str) -> set[str]:
    _form, filters = asked(QueryDict(address), PUBLIC)
    return set(listing.lines(filters).values_list("key", flat=True))


def inside(code: str) -> Callable[[Row], bool]:
    return lambda r: any(c == code or c.startswith(code + ".") for c in r["regions"])


CASES: list[tuple[str, Callable[[Row], bool]]] = [
    ("", lambda r: True),
    ("tingkat=paket", lambda r: r["level"] == "paket"),
    ("perangkat=1.02.0.00.0.00.02.0000", lambda r: "1.02.0.00.0.00.02.0000" in r["houses"]),
    ("kode=1.03", lambda r: (r["code"] + ".").startswith("1.03.")),
    ("kode=1.0", lambda r: (r["code"] + ".").startswith("1.0.")),
    ("wilayah=73.71.06", inside("73.71.06")),
    ("wilayah=73.71.06.1001", inside("73.71.06.1001")),
    ("wilayah=73.7", lambda r: False),
    ("dari=2025-03-01", lambda r: r["ends"] is not None and r["ends"] >= date(2025, 3, 1)),
    ("dari=2025-05-01&sampai=2025-05-31", lambda r: r["begins"] is not None
        and r["begins"] <= date(2025, 5, 31) and r["ends"] >= date(2025, 5, 1)),
    ("tema=Banjir", lambda r: "Banjir" in r["themes"]),
    ("min=1+miliar", lambda r: r["money"] >= 10**9),
    ("maks=500.000.000", lambda r: r["money"] <= 500_000_000),
    ("dana=DBH+CHT", lambda r: r["fund"] == "DBH CHT"),
    ("sumber=tender", lambda r: r["source"] == "tender"),
    ("dokumen=RUP+2025", lambda r: True),
    ("keadaan=contracted", lambda r: r["status"] == "contracted"),
    ("jadwal=1", lambda r: r["contract_start"] is not None
        or (r["start"] is not None and (r["end"] - r["start"]).days < 330)),
    ("dihapus=1", lambda r: False),
    ("inti=1", lambda r: not (r["code"] + ".").startswith(r["code"][:4] + ".01.")),
    ("strategis=1", lambda r: False),
    ("tingkat=paket&dana=DBH+CHT&min=1M&wilayah=73.71",
        lambda r: r["level"] == "paket" and r["fund"] == "DBH CHT" and r["money"] >= 10**9
        and inside("73.71")(r)),
]  # fmt: skip


def test_every_filter_against_plain_python(many):
    for address, passes in CASES:
        assert found(address) == {r["key"] for r in many if passes(r)}, address


QUERIES = [
    "drainase", "pembangunan posyandu", "rehabilitasi jalan baraya", "pelatih", "posy", "POSYANDU",
    "50000003", "kader-kesehatan", "pembangunan drainase lingkungan dan apa lagi", "xyzzy",
    '"', "'", "*", "a*", "AND", "NOT posyandu", "posyandu OR drainase", "NEAR(a b)", "%", "_",
    "é", "\\", "search:posyandu", "(", "pos:*", "!pos", "&|", ":*", "\x00", "🌊", "   ",
]  # fmt: skip


def test_search_finds_lines_with_every_word(many):
    """Words are compared by plain Python: every stem of the query begins a word of the line."""
    held = {
        r["key"]: words.stemmed(
            (r["title"], r["description"], r["output"], r["beneficiaries"], r["owner"], r["id"],
             r["package"], " ".join(r["places"] or []))
        ).split()
        for r in many
    }  # fmt: skip
    for query in QUERIES:
        stems = [words.stem(w) for w in words.words(query)]
        expected = {
            key
            for key, own in held.items()
            if all(any(w.startswith(s) for w in own) for s in stems)
        }
        assert set(listing.lines(Filters(q=query)).values_list("key", flat=True)) == expected, query


def test_search_sees_a_changed_title(many, installation):
    program = Program.objects.filter(level="paket").first()
    program.search = words.stemmed(["Kolam renang"])
    program.save(update_fields=["search"])
    assert found("q=renang") == {program.key}
    program.search = words.stemmed(["Gelanggang"])
    program.save(update_fields=["search"])
    assert found("q=renang") == set()


def test_a_code_in_the_search_asks_for_what_lies_below(many):
    expected = {r["key"] for r in many if (r["code"] + ".").startswith("1.03.")}
    assert found("q=1.03") == expected
    assert expected


@pytest.mark.parametrize("order", sorted(listing.ORDERS))
@pytest.mark.parametrize("sign", ["", "-"])
def test_pages_hold_every_line_once_in_order(many, order, sign):
    keys: list[str] = []
    number = 1
    while True:
        page = listing.page(Filters(), number, sign + order, 37)
        keys += [p.key for p in page.rows]
        if number == page.pages:
            break
        number += 1
    assert len(keys) == page.count == len(many)
    assert set(keys) == {r["key"] for r in many}
    assert keys == list(listing.lines(Filters(), sign + order).values_list("key", flat=True))


def test_lines_without_a_date_come_last(many):
    for order in ("mulai", "-mulai"):
        begins = list(listing.lines(Filters(), order).values_list("begins", flat=True))
        known = [b for b in begins if b]
        assert begins[: len(known)] == sorted(known, reverse=order.startswith("-"))
        assert 0 < len(known) < len(begins)


def test_numbers_of_the_levels(many):
    page = listing.page(Filters(level="paket", fund="DBH CHT"))
    rows = [r for r in many if r["fund"] == "DBH CHT"]
    assert {k: (t.count, t.money) for k, t in page.levels.items()} == {
        "paket": (len(rows), sum(r["money"] for r in rows))
    }
    assert page.count == len(rows)


def test_kept_numbers_follow_the_register(many, installation):
    before = listing.page(Filters()).count
    extra = bulk.frames(400, seed=7)
    fewer = extra.programs.filter(extra.programs["source"] != "tender")
    publish(installation, Frames(programs=fewer), whole=True)
    gone = sum(r["source"] == "tender" for r in many)
    # The document still holds its other sources; tenders are out of its scope.
    assert listing.page(Filters()).count == before
    assert listing.page(Filters(source="tender")).count == gone


@pytest.mark.parametrize(
    ("text", "amount"),
    [
        ("200000000", 200_000_000), ("200.000.000", 200_000_000),
        ("Rp 200.000.000,00", 200_000_000), ("200 juta", 200_000_000),
        ("1,5 M", 1_500_000_000), ("1.5 miliar", 1_500_000_000),
        ("2,25 triliun", 2_250_000_000_000), ("750rb", 750_000), ("0", 0), ("", None),
    ],
)  # fmt: skip
def test_amounts_as_officials_write_them(text, amount):
    assert MoneyField(required=False).clean(text) == amount


@pytest.mark.parametrize("text", ["banyak", "1 kuintal", "1,2,3", "-5", "9" * 30, "∞"])
def test_other_amounts_are_refused(text):
    form, filters = asked(QueryDict(mutable=True) | {"min": text}, PUBLIC)
    assert "min" in form.errors
    assert filters.least is None


def test_what_makes_no_sense_is_reported_and_the_rest_applies(client, city):
    answer = client.get("/program/?dari=kemarin&min=banyak&tingkat=apa&q=drainase")
    assert answer.status_code == 200
    assert set(answer.context["form"].errors) == {"dari", "min", "tingkat"}
    assert answer.context["page"].count == 3


def test_pages_beyond_the_end_show_the_last(many):
    draw = random.Random(3)
    last = listing.page(Filters(), 10**6)
    assert last.number == last.pages
    assert listing.page(Filters(), -draw.randrange(5)).number == 1


def test_a_later_stage_s_filter_tells_only_whom_it_is_offered(city):
    def choices(actor: Actor) -> list[tuple[str, str]]:
        return [("air", "Air")] if actor.signed_in or actor.system else []

    def apply(lines, value):
        return lines.filter(title__contains=value)

    panels.add_filter(panels.ListFilter("uji", "Uji", choices, apply))
    try:
        counts = [
            listing.page(asked(QueryDict(address), actor)[1]).count
            for actor in (PUBLIC, system("cli"))
            for address in ("uji=air", "uji=lain", "uji=")
        ]
    finally:
        del panels._filters["uji"]
    assert counts == [6, 6, 6, 1, 6, 6]
