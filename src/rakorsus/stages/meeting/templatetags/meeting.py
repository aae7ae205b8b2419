"""What the templates of meetings use."""

from __future__ import annotations

import time
from collections.abc import Iterable
from datetime import date, datetime
from typing import Any
from urllib.parse import urlencode

from django import template
from django.middleware.csrf import get_token
from django.urls import reverse
from django.utils import timezone
from django.utils.html import format_html
from django.utils.safestring import SafeString

from rakorsus.people.actor import of_request
from rakorsus.stages.meeting.live import topics
from rakorsus.stages.meeting.live.address import stream_of

register = template.Library()


@register.filter
def clock(text: str | None) -> str:
    """Local hour and minute of an ISO moment: `19.05`."""
    if not text:
        return "–"
    return f"{timezone.localtime(datetime.fromisoformat(text)):%H.%M}"


@register.filter
def iso_date(text: str | None) -> date | None:
    """The day that an ISO text says."""
    return date.fromisoformat(text) if text else None


@register.filter
def countdown(seconds: int) -> str:
    """`4.05` minutes and seconds, with a minus sign when over."""
    sign = "−" if seconds < 0 else ""
    return f"{sign}{abs(seconds) // 60}.{abs(seconds) % 60:02d}"


@register.simple_tag(takes_context=True)
def stream(context: dict[str, Any], wanted: Iterable[str]) -> SafeString:
    """The page's stream of events: what `follow.js` opens."""
    request = context["request"]
    allowed = topics.allowed(of_request(request), wanted)
    renew = f"{reverse('meeting:stream')}?{urlencode([('topik', t) for t in allowed])}"
    return format_html(
        '<div hidden data-stream="{}" data-renew="{}" data-topics="{}" data-now="{}" '
        'data-csrf="{}"></div>',
        stream_of(request, allowed), renew, " ".join(allowed), f"{time.time():.3f}",
        get_token(request),
    )  # fmt: skip
