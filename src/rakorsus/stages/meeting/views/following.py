"""Tickets for the stream of events, and notes that several people type at once (JSON).

The small interface that pages use, also those of other stages:

    GET  /rapat/langsung/?topik=note:12-discussion&topik=…
         {"stream": address or "", "topics": [those that are allowed]}
    GET  /rapat/acara/12/catatan/discussion/[?sejak=7]
         {"topic", "head", "text", "may_write", "changes": [{"number", "update", "by"}…]}
    POST /rapat/acara/12/catatan/discussion/  {"update": …}
         {"head": 8} or {"error": words}

Updates are those of Yjs (version 1) in base64 on a document with one text named `text`. Refusals:
400 (no update), 403 (no right), 409 (signed, or too long).
"""

from __future__ import annotations

import binascii
import json
from base64 import b64decode

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied, ValidationError
from django.http import Http404, HttpRequest, JsonResponse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET, require_http_methods

from rakorsus.people.actor import of_request
from rakorsus.people.rules import can
from rakorsus.stages.meeting import actions
from rakorsus.stages.meeting.following import note_body
from rakorsus.stages.meeting.live import topics
from rakorsus.stages.meeting.live.address import stream_of
from rakorsus.stages.meeting.models import Note
from rakorsus.stages.meeting.queries import noting
from rakorsus.stages.meeting.views.common import reader
from rakorsus.stages.meeting.views.item import readable


@login_required
@never_cache
@require_GET
def stream(request: HttpRequest) -> JsonResponse:
    """A new address of the stream, for what the reader may follow of what is asked."""
    wanted = request.GET.getlist("topik")[:20]
    allowed = topics.allowed(of_request(request), wanted)
    return JsonResponse({"stream": stream_of(request, wanted), "topics": allowed})


@login_required
@never_cache
@require_http_methods(["GET", "POST"])
def note(request: HttpRequest, pk: int, field: str) -> JsonResponse:
    """A note as a shared document."""
    actor = reader(request)
    if field not in Note.Field.values:
        raise Http404
    item = readable(actor, pk)
    if request.method == "POST":
        return _typed(request, pk, field)
    after = request.GET.get("sejak", "")
    kept = Note.objects.filter(item=item, field=field).first()
    changes = noting.changes(pk, field, int(after) if after.isdigit() else None)
    return JsonResponse({
        "topic": f"note:{noting.key_of(pk, field)}",
        "head": kept.version if kept else 0,
        "text": kept.text if kept else "",
        "may_write": can(actor, "meeting.note", item),
        "changes": [note_body(change) for change in changes],
    })  # fmt: skip


def _typed(request: HttpRequest, pk: int, field: str) -> JsonResponse:
    actor = of_request(request)
    try:
        update = b64decode(json.loads(request.body)["update"], validate=True)
    except (ValueError, KeyError, TypeError, binascii.Error):
        return JsonResponse({"error": "update?"}, status=400)
    try:
        kept = actions.type_note(actor, readable(actor, pk), field, update)
    except ValidationError as error:
        return JsonResponse({"error": " ".join(error.messages)}, status=409)
    except PermissionDenied:
        return JsonResponse({"error": "403"}, status=403)
    return JsonResponse({"head": kept.version})
