"""How pages show lines: areas, periods, grades of evidence, differences, sortable headings."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import formats
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from rakorsus.engine import sentences
from rakorsus.engine.records import DateGrade, PlaceGrade
from rakorsus.people.models import Agency
from rakorsus.stages.register import locating
from rakorsus.stages.register.models import Program
from rakorsus.stages.register.views.maps import period_text

register = template.Library()

_PLACE_GRADES = {
    PlaceGrade.NONE: _("lokasi tidak jelas"),
    PlaceGrade.REGENCY: _("hanya kabupaten/kota"),
    PlaceGrade.DISTRICT: _("sampai kecamatan"),
    PlaceGrade.VILLAGE: _("sampai kelurahan/desa"),
    PlaceGrade.HAMLET: _("sampai RW, RT, atau kampung"),
    PlaceGrade.STREET: _("sampai jalan atau bangunan"),
    PlaceGrade.POINT: _("titik atau garis di peta"),
}
_DATE_GRADES = {
    DateGrade.NONE: _("jadwal tidak ada"),
    DateGrade.YEAR: _("sepanjang tahun"),
    DateGrade.HALF: _("jadwal lebih dari tiga bulan"),
    DateGrade.QUARTER: _("jadwal dalam triwulan"),
    DateGrade.DATES: _("tanggal rencana"),
    DateGrade.CONTRACT: _("tanggal kontrak"),
}
_FIELDS = {
    "title": _("Nama"), "description": _("Uraian"), "output": _("Keluaran"),
    "target": _("Target"), "unit": _("Satuan"), "volume": _("Volume"),
    "beneficiaries": _("Sasaran penerima"), "budget": _("Pagu"),
    "contract_value": _("Nilai kontrak"), "realised": _("Realisasi"), "start": _("Mulai"),
    "end": _("Selesai"), "tender_start": _("Pemilihan mulai"), "tender_end": _("Pemilihan selesai"),
    "announced": _("Diumumkan"), "contract_date": _("Tanggal kontrak"),
    "contract_start": _("Kontrak mulai"), "contract_end": _("Kontrak selesai"),
    "status": _("Keadaan"), "status_text": _("Keadaan menurut berkas"), "places": _("Lokasi"),
    "geometry": _("Bentuk di peta"), "tags": _("Tema"), "strategic": _("Strategis"),
    "owner": _("Penanggung jawab"), "document": _("Dokumen"), "agency": _("Perangkat daerah"),
    "parent": _("Baris induk"), "package": _("Kode RUP"), "code": _("Kode"),
    "account": _("Rekening"), "fund": _("Sumber dana"), "method": _("Cara pengadaan"),
    "level": _("Tingkat"), "government": _("Pemerintah daerah"), "year": _("Tahun"),
}  # fmt: skip


@register.filter
def area(region: Any) -> str:
    """`Kel. Tamalanrea` of a Region, or of a row with `name` and `kind`."""
    if isinstance(region, Mapping):
        return locating.area_name(region["name"], region.get("kind"))
    return locating.area_name(region.name, region.kind) if region else ""


@register.filter
def capital(name: str) -> str:
    return locating.capital(name)


@register.filter
def proper(name: object) -> str:
    """A name as in a letter, not all in capitals (engine.sentences); an agency's short name."""
    if isinstance(name, Agency):
        return locating.office_name(name)
    return sentences.proper(str(name))


@register.filter
def named(name: str, kind: str) -> str:
    return locating.area_name(name, kind)


@register.filter
def period(program: Program) -> str:
    """The best known period; without one, what has happened already."""
    if told := period_text(program):
        return told
    if program.contract_date:
        return gettext("kontrak %s") % formats.date_format(program.contract_date, "j M Y")
    if program.announced:
        return gettext("diumumkan %s") % formats.date_format(program.announced, "j M Y")
    return "–"


@register.filter
def place_grade(grade: int) -> str:
    return str(_PLACE_GRADES[PlaceGrade(grade)])


@register.filter
def date_grade(grade: int) -> str:
    return str(_DATE_GRADES[DateGrade(grade)])


@register.filter
def level_name(level: str) -> str:
    """A level of the nomenclature in words."""
    return str(_("Urusan") if level == "affair" else dict(Program.Level.choices).get(level, level))


@register.filter
def field_label(name: str) -> str:
    return str(_FIELDS.get(name, name))


@register.filter
def shown(value: Any, kind: str) -> SafeString | str:
    """One side of a difference, by `queries.versions.kind_of`."""
    if value is None or value in ("", []):
        return format_html('<span class="muted">{}</span>', gettext("kosong"))
    if kind == "money":
        return "Rp" + formats.number_format(value, force_grouping=True)
    if kind == "day":
        return formats.date_format(date.fromisoformat(value), "j M Y")
    if kind == "list":
        return format_html_join("; ", "{}", ((v,) for v in value))
    if isinstance(value, bool):
        return gettext("ya") if value else gettext("tidak")
    return str(value)


@register.simple_tag(takes_context=True)
def part(context: RequestContext, name: str, variables: Mapping[str, Any]) -> SafeString:
    """A template of a later stage with its own variables, within the page's (see `panels`)."""
    found = context.template.engine.get_template(name)  # type: ignore[union-attr]
    with context.push(**variables):
        return found.render(context)


@register.simple_tag(takes_context=True)
def heading(
    context: RequestContext, name: str, label: str, order: str = "", numeric: bool = False
) -> SafeString:
    """A table heading that sorts: `{% heading "nilai" _("Nilai") page.order True %}`."""
    now = order.removeprefix("-") == name
    falling = order.startswith("-")
    first = f"-{name}" if numeric else name
    turned = (name if falling else f"-{name}") if now else first
    query = context["request"].GET.copy()
    query.pop("page", None)
    query["urut"] = turned
    return format_html(
        '<th scope="col"{}{}><a href="?{}">{}{}</a></th>',
        SafeString(' class="num"') if numeric else "",
        format_html(' aria-sort="{}"', "descending" if falling else "ascending") if now else "",
        query.urlencode(),
        label,
        format_html(' <span aria-hidden="true">{}</span>', "▾" if falling else "▴") if now else "",
    )
