"""Full-text search over the stemmed words: FTS5 on SQLite, a GIN index on PostgreSQL."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.models import Lookup, Q, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from rakorsus.stages.register import words
from rakorsus.stages.register.models import Program


class Stems(Lookup[Any]):
    """`search__stems=[...]`: the line holds a word that begins with each stem.

    Stems hold letters a-z and figures only (`words.words`), so that no quoting is needed.
    """

    lookup_name = "stems"
    prepare_rhs = False

    def as_sql(self, compiler: SQLCompiler, connection: BaseDatabaseWrapper) -> tuple[str, Any]:
        table = compiler.quote_name_unless_alias(self.lhs.alias)
        asked = " AND ".join(f'"{stem}" *' for stem in self.rhs)
        found = "SELECT rowid FROM register_program_fts WHERE register_program_fts MATCH %s"
        return f'{table}."id" IN ({found})', [asked]

    def as_postgresql(
        self, compiler: SQLCompiler, connection: BaseDatabaseWrapper
    ) -> tuple[str, Any]:
        column, parameters = self.process_lhs(compiler, connection)
        asked = " & ".join(f"'{stem}':*" for stem in self.rhs)
        vector = f"array_to_tsvector(string_to_array({column}, ' '))"
        return f"{vector} @@ %s::tsquery", [*parameters, asked]


Program._meta.get_field("search").register_lookup(Stems)


def narrow(lines: QuerySet[Program], query: str) -> QuerySet[Program]:
    """The lines that hold every word of the query (or a word that begins with its stem).

    A nomenclature code in the query ("1.03.02") asks for the lines at or below it.
    """
    stems, codes = words.split_query(query)
    for code in codes:
        lines = lines.filter(Q(code=code) | Q(code__startswith=f"{code}."))
    return lines.filter(having(stems)) if stems else lines


def having(stems: Sequence[str]) -> Q:
    """The condition that a line holds all stems."""
    return Q(search__stems=list(stems))
