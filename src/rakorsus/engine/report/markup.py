"""Small pieces of HTML: both languages, money, dates, marked titles. Everything is escaped."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from html import escape

from rakorsus.engine.records import Text
from rakorsus.engine.sentences import day, exact, period, rupiah


def both(text: Text) -> str:
    """A text in both languages; the style sheet shows the chosen one."""
    if text.id == text.en:
        return escape(text.id)
    return (
        f'<span class="id" lang="id">{escape(text.id)}</span>'
        f'<span class="en" lang="en">{escape(text.en)}</span>'
    )


def say(indonesian: str, english: str) -> str:
    """Two literal texts as `both` shows them."""
    return both(Text(indonesian, english))


def money(amount: int) -> str:
    """A rounded amount with the exact one as its tooltip."""
    return f'<span title="{exact(amount)}">{both(rupiah(amount))}</span>'


def when(start: date | None, end: date | None) -> str:
    """A span of time in words."""
    return both(period(start, end))


def on(value: date) -> str:
    """A date in words."""
    return both(day(value))


def marked(title: str, spans: Sequence[Sequence[int]]) -> str:
    """The title with its spans marked."""
    parts, at = [], 0
    for start, end in spans:
        parts += [escape(title[at:start]), "<mark>", escape(title[start:end]), "</mark>"]
        at = end
    return "".join([*parts, escape(title[at:])])


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], numbers: Sequence[int] = ()) -> str:
    """A table of ready HTML cells; columns in `numbers` are set right."""

    def cells(values: Sequence[str], tag: str) -> str:
        return "".join(
            f"<{tag}{' class=num' if i in numbers else ''}>{v}</{tag}>"
            for i, v in enumerate(values)
        )

    body = "".join(f"<tr>{cells(row, 'td')}</tr>" for row in rows)
    return (
        f'<div class="wide"><table><thead><tr>{cells(heads, "th")}</tr></thead>'
        f"<tbody>{body}</tbody></table></div>"
    )
