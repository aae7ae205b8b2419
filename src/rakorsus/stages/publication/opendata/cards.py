"""The tables that report cards are computed from, and their figures, as `rakorsus rapor` reads
them: declared by `engine.reportcard`, filled by the follow-up."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import polars as pl
from django.utils.functional import lazystr
from django.utils.translation import get_language
from django.utils.translation import gettext_lazy as _

from rakorsus.engine import reportcard
from rakorsus.engine.reportcard.tables import QUARTER
from rakorsus.stages.followup.queries import card_inputs
from rakorsus.stages.publication.opendata.kinds import Column, Context, Row, Table, Words, add


class _Bilingual:
    """A text of the engine in the page's language."""

    def __init__(self, indonesian: str, english: str) -> None:
        self.words = {"id": indonesian, "en": english}

    def __str__(self) -> str:
        return self.words.get(get_language() or "id", self.words["id"])


def _said(indonesian: str, english: str) -> Words:
    return lazystr(_Bilingual(indonesian, english))


#: Published files hold days as text and yes or no as 1 and 0.
_KINDS: dict[Any, str] = {pl.Int64: "integer", pl.Boolean: "integer", pl.Float64: "number"}


def _rows(name: str) -> Callable[[Context], Iterator[Row]]:
    def rows(context: Context) -> Iterator[Row]:
        if "cards" not in context.kept:
            context.kept["cards"] = card_inputs.files()
        frame = context.kept["cards"].get(name)
        yield from frame.iter_rows() if frame is not None else ()

    return rows


def _table(card: reportcard.Table) -> Table:
    quarter = Column(QUARTER, "text", _("Triwulan"), _("Triwulan yang dinilai, misalnya 2022-3."))
    columns = (
        quarter,
        *(
            Column(c.published, _KINDS.get(c.type, "text"), c.published.replace("_", " "),
                   _said(c.meaning, c.meaning_en))
            for c in card.columns
        ),
    )  # fmt: skip
    key = (QUARTER, *(card.published[name] for name in card.key))
    title = _said(card.title, card.title_en)
    return Table(card.name, title, title, key, key[-1], columns, _rows(card.name), None,
                 ("rapor",))  # fmt: skip


CARDS = tuple(add(_table(card)) for card in (*reportcard.TABLES.values(), reportcard.FIGURES))
