"""What several pages share: page numbers, a pager, what is followed."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.paginator import Paginator
from django.http import HttpRequest

from rakorsus.people.actor import Actor
from rakorsus.stages.register.models import Follow


def page_number(request: HttpRequest) -> int:
    """The page asked for (`page`), 1 when it makes no sense."""
    text = request.GET.get("page", "1")
    return int(text) if text.isdecimal() and len(text) < 8 else 1


@dataclass(frozen=True)
class Page:
    """One page of any list."""

    rows: list[Any]
    number: int
    pages: int
    count: int


def paged(request: HttpRequest, rows: Any, size: int = 50) -> Page:
    """The asked page of a query or list; the nearest one where it does not exist."""
    pages = Paginator(rows, size)
    page = pages.get_page(page_number(request))
    return Page(list(page.object_list), page.number, pages.num_pages, pages.count)


def follows(actor: Actor, kind: str, value: str) -> bool:
    return (
        actor.user is not None
        and Follow.objects.filter(user=actor.user, kind=kind, value=value).exists()
    )
