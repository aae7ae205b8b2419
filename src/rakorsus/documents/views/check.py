"""The public page of a paper: whether it is genuine, and whether the copy in hand is the same."""

from __future__ import annotations

import hashlib

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rakorsus.documents import handing, queries
from rakorsus.documents.content import digest_of
from rakorsus.documents.forms import CopyForm
from rakorsus.documents.kinds import kind_of


@never_cache
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    """Where a key is typed."""
    asked = request.GET.get("kode", "").strip()
    found = queries.by_key(asked) if asked else None
    if found is not None:
        return redirect(found)
    return render(request, "documents/check_index.html", {"asked": asked},
                  status=404 if asked else 200)  # fmt: skip


@never_cache
@require_http_methods(["GET", "POST"])
def check(request: HttpRequest, key: str) -> HttpResponse:
    """What the register of papers says of this one; a copy sent along is compared, not kept."""
    found = queries.by_key(key)
    if found is None:
        answer = render(request, "documents/check_index.html", {"asked": key}, status=404)
        answer["X-Robots-Tag"] = "noindex"
        return answer
    form = CopyForm(request.POST or None, request.FILES or None)
    same: bool | None = None
    if request.method == "POST" and form.is_valid():
        sent = hashlib.sha256()
        for part in form.cleaned_data["file"].chunks():
            sent.update(part)
        same = handing.knows(found, sent.hexdigest())
    try:
        name = str(kind_of(found.kind).name)
    except KeyError:
        name = _("Naskah")
    context = {"paper": found, "name": name, "form": form, "same": same,
               "intact": digest_of(found.content) == found.digest}  # fmt: skip
    answer = render(request, "documents/check.html", context)
    answer["X-Robots-Tag"] = "noindex"
    return answer
