"""The minutes as a workbook: what was discussed, decided, and is to be done, one sheet each."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import IO, Any

import xlsxwriter
from django.utils.translation import gettext as _

from rakorsus.engine.cells import safe_cell
from rakorsus.stages.meeting.models import Outcome, Resolution

Sheet = tuple[str, Sequence[str], Iterable[Sequence[Any]]]


def minutes_book(said: dict[str, Any]) -> IO[bytes]:
    """The workbook in a temporary file, at its beginning. Texts are written as texts."""
    target = tempfile.TemporaryFile()  # noqa: SIM115 (the caller sends and closes it)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(target, options) as book:
        bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top"})
        wrap = book.add_format({"text_wrap": True, "valign": "top"})
        for name, heads, rows in _sheets(said):
            page = book.add_worksheet(name)
            page.freeze_panes(1, 0)
            page.write_row(0, 0, heads, bold)
            for number, row in enumerate(rows, 1):
                page.write_row(number, 0, [safe_cell(cell) for cell in row], wrap)
            page.set_column(0, len(heads) - 1, 24)
    target.seek(0)
    return target


def _sheets(said: dict[str, Any]) -> tuple[Sheet, ...]:
    outcomes, states = dict(Outcome.Kind.choices), dict(Resolution.State.choices)
    todo = (_("Uraian"), _("Perangkat daerah"), _("Penanggung jawab"), _("Tenggat"), _("Asal"))
    talked = (_("Acara"), _("Mulai"), _("Selesai"), _("Pihak"), _("Pembahasan"), _("Kesimpulan"),
              _("Hasil"), _("Kesepakatan"))  # fmt: skip
    decided = (_("Perkara"), _("Keputusan"), _("Keadaan"), _("Setuju"), _("Tidak setuju"),
               _("Abstain"))  # fmt: skip
    return (
        (_("Tindak lanjut"), todo,
         [(r["text"], r["owner"], r["post"], r["due"], r["from"]) for r in said["follow_up"]]),
        (_("Pembahasan"), talked, [_talked(row, outcomes) for row in said["items"]]),
        (_("Keputusan pleno"), decided,
         [(r["title"], r["text"], str(states[r["state"]]), r["yes"], r["no"], r["abstain"])
          for r in said["decisions"]]),
    )  # fmt: skip


def _talked(row: dict[str, Any], outcomes: dict[Any, Any]) -> tuple[Any, ...]:
    ended, notes = row["outcome"], row["notes"]
    return (
        row["title"], (row["began"] or "")[:16].replace("T", " "),
        (row["ended"] or "")[:16].replace("T", " "), "; ".join(row["agencies"]),
        notes.get("discussion", ""), notes.get("conclusion", ""),
        str(outcomes[ended["kind"]]) if ended else "", ended["text"] if ended else "",
    )  # fmt: skip
