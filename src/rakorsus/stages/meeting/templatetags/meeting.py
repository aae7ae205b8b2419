"""What the templates of meetings use."""

from __future__ import annotations

from datetime import datetime

from django import template
from django.utils import timezone

register = template.Library()


@register.filter
def clock(text: str | None) -> str:
    """Local hour and minute of an ISO moment: `19.05`."""
    if not text:
        return "–"
    return f"{timezone.localtime(datetime.fromisoformat(text)):%H.%M}"


@register.filter
def countdown(seconds: int) -> str:
    """`4.05` minutes and seconds, with a minus sign when over."""
    sign = "−" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60}.{abs(seconds) % 60:02d}"
