"""Saying what the columns of an unknown table mean, and the list of what was said."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people import actor as actors
from rakorsus.people.models import Agency
from rakorsus.stages.intake import actions, labels, scope, tables
from rakorsus.stages.intake.models import ColumnMapping, SourceFile
from rakorsus.stages.intake.queries.mappings import by_signature, mappings
from rakorsus.stages.intake.views.access import file_of, page


@page("intake.load")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    """Choose what each column means, see the effect, save: the import then runs again."""
    actor = actors.of_request(request)
    file = file_of(actor, pk)
    found = tables.unknown(file)
    if not found:
        if file.state != SourceFile.State.UNKNOWN:
            return redirect("intake:file", file.pk)
        raise Http404
    known = by_signature()
    table = next((t for t in found if t.signature not in known), found[0])
    columns, sure = tables.proposed(table)
    guesses = {column: round(100 * sure.get(name, 0)) for name, column in columns.items()}
    guessed = {column: name for name, column in columns.items()}
    constants: dict[str, str] = {}
    if table.signature in known:
        columns = known[table.signature].columns
        constants = known[table.signature].constants
    errors: list[str] = []
    if request.method == "POST":
        columns, constants, errors = _chosen(request, table)
        if request.POST.get("do") == "save" and not errors:
            errors = tables.lacking(columns, constants)
            if not errors:
                return _save(request, file, table, columns, constants)
    context = {
        "file": file,
        "batch": file.batch,
        "table": table,
        "tables": found,
        "fields": tables.fields(),
        "columns": _columns(table, columns, guessed, guesses),
        "lacking": tables.lacking(columns, constants),
        "constants": _constants(request, constants),
        "preview": tables.preview(table, columns, constants),
        "errors": errors,
    }
    return render(request, "intake/mapping.html", context, status=400 if errors else 200)


def _chosen(
    request: HttpRequest, table: tables.Table
) -> tuple[dict[str, str], dict[str, str], list[str]]:
    """The form's choices, and what is wrong with them."""
    known = {field.name for field in tables.fields()}
    columns: dict[str, str] = {}
    errors = []
    for place, header in enumerate(table.headers):
        name = request.POST.get(f"column-{place}", "")
        if name not in known:
            continue
        if name in columns:
            language = "en" if get_language() == "en" else "id"
            errors.append(
                _("“%(label)s” dipilih untuk dua kolom: %(one)s dan %(two)s.")
                % {
                    "label": labels.name_of(name)[language],
                    "one": columns[name],
                    "two": header,
                }
            )
            continue
        columns[name] = header
    constants = {
        name: value
        for name in tables.CONSTANTS
        if (value := request.POST.get(f"constant-{name}", "").strip()[:200])
    }
    return columns, constants, errors


def _save(
    request: HttpRequest,
    file: SourceFile,
    table: tables.Table,
    columns: dict[str, str],
    constants: dict[str, str],
) -> HttpResponse:
    actor = actors.of_request(request)
    actions.save_mapping(
        actor,
        file,
        signature=table.signature,
        headers=table.headers,
        columns=columns,
        constants=constants,
    )
    try:
        actions.run_again(actor, file.batch)
    except actions.Unusable as error:
        messages.warning(request, str(error.reason))
    return redirect(file.batch)


def _columns(
    table: tables.Table, chosen: dict[str, str], guessed: dict[str, str], sure: dict[str, int]
) -> list[dict[str, Any]]:
    """One entry for each column; `sure` (percent) stands beside a guess that was not changed."""
    by_column = {column: name for name, column in chosen.items()}
    return [
        {
            "name": header,
            "samples": table.samples(header),
            "chosen": by_column.get(header, ""),
            "sure": sure[header] if by_column.get(header, "-") == guessed.get(header) else 0,
        }
        for header in table.headers
    ] + [{"name": name, "personal": True} for name in table.personal]


def _constants(request: HttpRequest, values: dict[str, str]) -> list[dict[str, Any]]:
    actor = actors.of_request(request)
    own = scope.own_codes(actor)
    agencies = [
        (code, f"{name} ({code})")
        for code, name in Agency.objects.filter(active=True).values_list("code", "name")
        if own is None or code in own
    ]
    return [
        {
            "name": name,
            "label": labels.name_of(name),
            "value": values.get(name, ""),
            "choices": agencies if name == "agency" else None,
        }
        for name in tables.CONSTANTS
    ]


@page("intake.load")
@require_GET
def listed(request: HttpRequest) -> HttpResponse:
    known = list(mappings())
    for mapping in known:
        mapping.pairs = [  # type: ignore[attr-defined]
            (labels.name_of(name), column) for name, column in mapping.columns.items()
        ]
    return render(request, "intake/mappings.html", {"mappings": known})


@page("intake.load")
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    actor = actors.of_request(request)
    mapping = get_object_or_404(ColumnMapping, pk=pk)
    actions.delete_mapping(actor, mapping)
    messages.success(request, _("Pemetaan dihapus."))
    return redirect("intake:mappings")
