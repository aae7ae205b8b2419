"""A session after any sequence of changes says what a full run over the list then says."""

import random
from dataclasses import replace
from datetime import date, timedelta

import polars as pl
import pytest
from tests.real import needs_real_files

from rakorsus.engine import analyse, schema
from rakorsus.engine.intake import join, read_paths
from rakorsus.engine.rules import Rules
from rakorsus.engine.session import Session
from rakorsus.synth import city, files

CITY_DAY, BANDUNG_DAY = date(2022, 3, 14), date(2025, 10, 10)


@pytest.fixture(scope="module")
def picture(tmp_path_factory):
    folder = tmp_path_factory.mktemp("city")
    files.write(city.build(), folder)
    return join(read_paths([folder]))


def bare(findings):
    """Findings by id without the rank and what follows from it."""
    return {f.id: replace(f, score=0.0) for f in findings}


def compared(session, programs, touched, made, where=None):
    """The session beside a full run: findings of these lines, and about their targets."""
    full = analyse(programs, *made[:4], today=made[4], places=where)
    ours = session.findings(touched)
    theirs = [f for f in full.findings if touched & set(f.keys)]
    targets = {f.id for f in full.findings if f.rule.startswith("gap.")}
    assert bare(f for f in ours.findings if f.id not in targets) == bare(
        f for f in theirs if f.id not in targets
    )
    assert {f.id for f in theirs if f.id in targets} <= {f.id for f in ours.findings}
    return len(theirs)


class Edits:
    """Seeded changes of a list: other fields, other places, new lines, lines gone."""

    def __init__(self, programs, seed):
        self.draw = random.Random(seed)
        self.pool = programs.sort("key")
        self.made = 0

    def some(self, programs, column):
        values = self.pool[column].drop_nulls()
        return values[self.draw.randrange(values.len())] if values.len() else None

    def one(self, programs):
        """A changed or new row, and the key of one that is gone (or None)."""
        row = programs.row(self.draw.randrange(programs.height), named=True)
        kind = self.draw.choice(
            ["place", "dates", "money", "title", "agency", "status", "code", "new", "gone", "twin"]
        )
        if kind == "gone":
            return None, row["key"]
        if kind == "place":
            other = self.some(programs, "places")
            row["places"] = other.to_list() if isinstance(other, pl.Series) else other
        elif kind == "dates":
            row["start"] = (row["start"] or date(2022, 1, 1)) + timedelta(self.draw.randrange(90))
            row["end"] = row["start"] + timedelta(self.draw.randrange(20, 200))
        elif kind == "money":
            row["budget"] = self.some(programs, "budget")
        elif kind in ("title", "agency", "code"):
            row[kind] = self.some(programs, kind)
        elif kind == "status":
            row["status"] = self.draw.choice(["failed", "cancelled", "announced", "contracted"])
        else:
            self.made += 1
            row["id"] = f"new{self.made}"
            row["key"] = f"{row['source']}:{row['id']}"
            if kind == "new":
                row["package"], row["title"] = None, self.some(programs, "title")
        return pl.DataFrame([row], dict(schema.PROGRAMS)), None


def follow(made, programs, steps, seed, every=1, focus=None):
    """Change a list step by step in a session; compare with a full run after every few."""
    session = Session(programs, *made[:4], today=made[4])
    edits, now, touched, seen = Edits(programs, seed), programs.sort("key"), set(), 0
    for step in range(steps):
        pool = now if focus is None else now.filter(pl.col("key").is_in(sorted(focus)))
        changed, gone = edits.one(pool if pool.height else now)
        rows = schema.empty(schema.PROGRAMS) if changed is None else changed
        keys = {*rows["key"].to_list(), *({gone} if gone else ())}
        said = session.change(rows, [gone] if gone else [])
        assert bare(said.findings) == bare(session.findings(keys).findings)
        now = pl.concat([now.filter(~pl.col("key").is_in(sorted(keys))), rows]).sort("key")
        touched |= keys
        if (step + 1) % every == 0:
            assert session.programs.equals(now)
            seen += compared(session, now, touched, made)
        if step % 7 == 6:
            session.settle()
    return seen


def input_of(picture, day):
    rules = Rules(nomenclature=picture.nomenclature)
    return picture.agencies, picture.regions, picture.targets, rules, day


def found_in(made, programs):
    """Lines that some finding of the list names: where changes matter most."""
    full = analyse(programs, *made[:4], today=made[4])
    return {key for f in full.findings for key in f.keys}


@pytest.mark.parametrize("seed", [1, 2])
def test_changes_of_any_lines_of_the_city(picture, seed):
    made = input_of(picture, CITY_DAY)
    follow(made, picture.programs, 24, seed, every=6)


@pytest.mark.parametrize("seed", [3, 4])
def test_changes_of_lines_that_findings_name(picture, seed):
    made = input_of(picture, CITY_DAY)
    focus = found_in(made, picture.programs)
    assert follow(made, picture.programs, 24, seed, every=6, focus=focus) > 0


@needs_real_files
@pytest.mark.parametrize("seed", [5, 6])
def test_changes_of_real_lines(bandung, seed):
    made = input_of(bandung, BANDUNG_DAY)
    focus = {key for f in bandung.result.findings for key in f.keys}
    assert follow(made, bandung.programs, 20, seed, every=10, focus=focus) > 0
