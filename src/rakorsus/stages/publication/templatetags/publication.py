"""Tags of the public site: addresses in the page's own language, money and words."""

from __future__ import annotations

from typing import Any
from urllib.parse import quote

from django import template
from django.template import Context

register = template.Library()


@register.simple_tag(takes_context=True)
def page(context: Context, name: str, *arguments: Any) -> str:
    """The address of a page of the site, in the language of this page."""
    return str(context["site"].page(name, *arguments))


@register.simple_tag(takes_context=True)
def absolute(context: Context, name: str, *arguments: Any) -> str:
    return str(context["site"].absolute(name, *arguments))


@register.filter
def for_query(text: str) -> str:
    """A text as the value of a parameter in an address."""
    return quote(text, safe="")


@register.filter
def clock(text: Any) -> str:
    """`19.00` of a moment, or of its ISO text."""
    from datetime import datetime

    from django.utils import timezone

    moment = datetime.fromisoformat(text) if isinstance(text, str) else text
    return f"{timezone.localtime(moment):%H.%M}"


@register.filter
def moment_of(text: str) -> Any:
    """The moment of an ISO text."""
    from datetime import datetime

    return datetime.fromisoformat(text)


@register.filter
def kilobytes(size: int) -> str:
    """`12 kB`, `3,4 MB`."""
    from django.utils import formats

    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} kB"
    return f"{formats.number_format(size / 1_000_000, 1)} MB"
