"""Words of the reminders."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.utils import formats
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from rakorsus.people.models import User
from rakorsus.stages.followup.models import Reminder


def subject(rows: Sequence[Reminder]) -> str:
    late = sum(row.kind != Reminder.Kind.DUE for row in rows)
    if late:
        return ngettext(
            "%(n)d tindak lanjut lewat tenggat", "%(n)d tindak lanjut lewat tenggat", late
        ) % {"n": late}
    return ngettext(
        "%(n)d tindak lanjut menjelang tenggat", "%(n)d tindak lanjut menjelang tenggat", len(rows)
    ) % {"n": len(rows)}


def text(user: User, rows: Sequence[Reminder], day: date, base: str) -> str:
    """One letter with every item that the day reminds this person of."""
    lines = [_("Yth. %s") % (user.post or user), ""]
    for row in rows:
        item = row.item
        lines += [
            f"- {item.text}",
            f"  {item.post}, {item.agency.name}",
            f"  {_when(row, day)}",
            *([f"  {base.rstrip('/')}{item.get_absolute_url()}"] if base else []),
            "",
        ]
    lines.append(_("Laporkan dengan bukti pada halaman Tindak lanjut."))
    return "\n".join(lines)


def _when(row: Reminder, day: date) -> str:
    due = formats.date_format(row.item.due, "j F Y")
    late = (day - row.item.due).days
    if late > 0:
        said = _("Tenggat %(due)s, lewat %(n)d hari.") % {"due": due, "n": late}
        return said + (" " + _("Dinaikkan kepada Anda.") if row.kind == "escalation" else "")
    return _("Tenggat %s.") % due
