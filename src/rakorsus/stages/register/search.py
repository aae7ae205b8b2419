"""Full-text search over the stemmed words: FTS5 on SQLite, a GIN index on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence

from django.db import connection
from django.db.models import BooleanField, Q, QuerySet
from django.db.models.expressions import RawSQL

from rakorsus.stages.register import words
from rakorsus.stages.register.models import Program

_VECTOR = "array_to_tsvector(string_to_array(register_program.search, ' '))"


def narrow(lines: QuerySet[Program], query: str) -> QuerySet[Program]:
    """The lines that hold every word of the query (or a word that begins with its stem).

    A nomenclature code in the query ("1.03.02") asks for the lines at or below it.
    """
    stems, codes = words.split_query(query)
    for code in codes:
        lines = lines.filter(Q(code=code) | Q(code__startswith=f"{code}."))
    return lines.filter(having(stems)) if stems else lines


def having(stems: Sequence[str]) -> Q | RawSQL:
    """The condition that a line holds all stems. They hold letters a-z and figures only."""
    if connection.vendor == "postgresql":
        asked = " & ".join(f"'{stem}':*" for stem in stems)
        return RawSQL(f"{_VECTOR} @@ %s::tsquery", [asked], BooleanField())  # noqa: S611
    asked = " AND ".join(f'"{stem}" *' for stem in stems)
    found = "SELECT rowid FROM register_program_fts WHERE register_program_fts MATCH %s"
    return Q(pk__in=RawSQL(found, [asked]))  # noqa: S611
