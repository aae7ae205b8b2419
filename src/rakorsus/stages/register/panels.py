"""Where later stages hang their parts on the register's pages, without the register knowing them.

A later stage registers in its `AppConfig.ready`:

    panels.add_panel(panels.Panel("program", "findings/on_program.html", context))
    panels.add_filter(panels.ListFilter("temuan", _("Jenis temuan"), choices, apply))
    panels.add_column(panels.Column(_("Temuan"), "findings/marks.html", marks))
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.db.models import Expression, Q, QuerySet

from rakorsus.people.actor import Actor

Choice = tuple[str, Any]
#: (actor, primary keys of lines) -> a mark for some of them.
Marks = Callable[[Actor, Collection[int]], Mapping[int, str]]


@dataclass(frozen=True)
class Panel:
    """A part of a page: of a program, agency or area (`page`: "program" | "agency" | "area"), and
    on later stages' pages of a "finding", "desk", "plenary", "meeting" or "decision".

    `context(actor, subject)` gives the template's variables, or None to leave the panel out.
    """

    page: str
    template: str
    context: Callable[[Actor, Any], Mapping[str, Any] | None]
    order: int = 100


@dataclass(frozen=True)
class ListFilter:
    """One more filter of the list. `apply` narrows a query of Program by the chosen value.

    `stamp` names the state of what the filter depends on, so that counts may be kept as long as
    it stays the same; without it they are counted each time.
    """

    parameter: str
    label: Any
    choices: Callable[[Actor], Sequence[Choice]]
    apply: Callable[[QuerySet[Any], str], QuerySet[Any]]
    stamp: Callable[[], str] | None = None


@dataclass(frozen=True)
class Column:
    """One more column of the list: `cells(actor, ids)` maps a line's primary key to the variables
    of `template`, by a constant number of queries."""

    label: Any
    template: str
    cells: Callable[[Actor, Collection[int]], Mapping[int, Any]]


@dataclass(frozen=True)
class Beside:
    """A link beside each line that stands next to a program: (actor, program, other) -> address,
    or None to leave it out."""

    label: Any
    address: Callable[[Actor, Any, Any], str | None]


@dataclass(frozen=True)
class Veil:
    """Which lines are not for every reader, as a later stage knows it.

    `of(actor)` names what the actor may see (ALL: everything); `condition(name)` says which lines
    are hidden from whoever has that name; `stamp()` gives expressions that change when that does,
    read in one query with the newest version (`queries.counts.kept`).
    """

    of: Callable[[Actor], str]
    condition: Callable[[str], Q]
    stamp: Callable[[], Mapping[str, Expression]]


#: Nothing is hidden from whoever has this name.
ALL = "semua"
_veils: list[Veil] = []
_panels: list[Panel] = []
_filters: dict[str, ListFilter] = {}
_columns: list[Column] = []
#: A mark for each line on the timeline: line's primary key -> kind of finding.
_marks: list[Marks] = []
_beside: list[Beside] = []


def set_veil(veil: Veil) -> None:
    """There is one; setting it again replaces it."""
    _veils[:] = [veil]


def veil_of(actor: Actor) -> str:
    """What the actor may see, as a name; `""` is the public. Asked once per actor."""
    known = vars(actor)
    if "_veil" not in known:
        known["_veil"] = _veils[0].of(actor) if _veils else ALL
    return str(known["_veil"])


def unveiled(lines: QuerySet[Any], veil: str) -> QuerySet[Any]:
    """The lines (of Program) that whoever has this name may see."""
    if not _veils or veil == ALL:
        return lines
    return lines.exclude(_veils[0].condition(veil))


def veiled(lines: QuerySet[Any], veil: str) -> QuerySet[Any]:
    """The lines (of Program) that are hidden from whoever has this name."""
    if not _veils or veil == ALL:
        return lines.none()
    return lines.filter(_veils[0].condition(veil))


def veil_stamp() -> Mapping[str, Expression]:
    """Expressions that change when what is hidden changes."""
    return _veils[0].stamp() if _veils else {}


def add_panel(panel: Panel) -> None:
    if panel not in _panels:
        _panels.append(panel)
        _panels.sort(key=lambda p: p.order)


def add_filter(more: ListFilter) -> None:
    _filters[more.parameter] = more


def add_column(column: Column) -> None:
    if column not in _columns:
        _columns.append(column)


def add_marks(marks: Marks) -> None:
    if marks not in _marks:
        _marks.append(marks)


def add_beside(link: Beside) -> None:
    if link not in _beside:
        _beside.append(link)


def beside(actor: Actor, program: Any, others: Iterable[Any]) -> dict[int, list[tuple[Any, str]]]:
    """Labels and addresses of the links beside each of the others, by primary key."""
    found: dict[int, list[tuple[Any, str]]] = {}
    for other in others:
        asked = [(link.label, link.address(actor, program, other)) for link in _beside]
        found[other.pk] = [(label, address) for label, address in asked if address]
    return found


def filters() -> Mapping[str, ListFilter]:
    return _filters


def columns() -> Sequence[Column]:
    return _columns


def marks(actor: Actor, ids: Collection[int]) -> dict[int, str]:
    """The kind of finding that touches each line, as far as a later stage tells this actor."""
    found: dict[int, str] = {}
    for ask in _marks:
        found |= ask(actor, ids)
    return found


def chosen(actor: Actor, parameters: Mapping[str, Any]) -> dict[str, str]:
    """The values of later stages' filters in an address, as far as they are offered to the actor:
    a filter must not tell what its choices hide."""
    found = {}
    for name, offered in _filters.items():
        value = str(parameters.get(name) or "")
        if value and value in {str(choice) for choice, _label in offered.choices(actor)}:
            found[name] = value
    return found


def of_page(page: str, actor: Actor, subject: Any) -> list[tuple[str, Mapping[str, Any]]]:
    """Templates and variables of the panels of one page."""
    asked = [(p.template, p.context(actor, subject)) for p in _panels if p.page == page]
    return [(template, context) for template, context in asked if context is not None]
