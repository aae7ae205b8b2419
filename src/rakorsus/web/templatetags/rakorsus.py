"""What templates of every stage use: money, dates, rights, addresses with changed parameters."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

from django import template
from django.template.context import RequestContext
from django.utils import formats, timezone, translation
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rakorsus.people import rules

register = template.Library()

_STEPS = ((10**12, "triliun", "trillion"), (10**9, "miliar", "billion"), (10**6, "juta", "million"))


@register.filter
def rupiah(amount: int | None) -> SafeString:
    """`Rp1,2 miliar`, with the exact amount as title; a dash where there is no amount."""
    if amount is None:
        return SafeString('<span class="muted">–</span>')
    exact = "Rp" + formats.number_format(amount, force_grouping=True)
    english = (translation.get_language() or "id").startswith("en")
    for size, indonesian, word in _STEPS:
        if abs(amount) >= size:
            value = formats.number_format(amount / size, 1).rstrip("0").rstrip(",.")
            said = f"Rp{value} {word if english else indonesian}"
            return format_html('<data value="{}" title="{}">{}</data>', amount, exact, said)
    return format_html('<data value="{}" title="{}">{}</data>', amount, exact, exact)


@register.filter
def day(value: date | datetime | None) -> str:
    """A date with its weekday, in local time: `Sel, 15 Mar 2022`."""
    if value is None:
        return "–"
    if isinstance(value, datetime):
        value = timezone.localtime(value) if timezone.is_aware(value) else value
    return formats.date_format(value, "D, j M Y")


@register.filter
def moment(value: datetime | None) -> str:
    """Date and time in WITA: `Sel, 15 Mar 2022 19.00 WITA`."""
    if value is None:
        return "–"
    local = timezone.localtime(value)
    return f"{formats.date_format(local, 'D, j M Y')} {local:%H.%M} WITA"


@register.filter
def get(mapping: Mapping[Any, Any] | None, key: Any) -> Any:
    """`mapping|get:key`, None where it is not."""
    return mapping.get(key) if mapping else None


@register.filter
def bilingual(text: Mapping[str, str] | None) -> str:
    """The sentence of an `{"id": ..., "en": ...}` in the page's language."""
    if not text:
        return ""
    return text.get(translation.get_language() or "id") or text.get("id", "")


@register.simple_tag(takes_context=True)
def may(context: RequestContext, name: str, *objects: Any) -> bool:
    """`{% may "findings.verdict" finding as allowed %}`."""
    return rules.can(context["actor"], name, *objects)


@register.simple_tag(takes_context=True)
def address(context: RequestContext, **changes: Any) -> str:
    """The page's own address with some parameters changed; an empty value removes one."""
    query = context["request"].GET.copy()
    for key, value in changes.items():
        if value in (None, ""):
            query.pop(key, None)
        else:
            query[key] = value
    return "?" + query.urlencode()
