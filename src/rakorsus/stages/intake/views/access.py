"""What every page of this stage asks first: who is it, and may he see this batch."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from uuid import UUID

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied, TooManyFilesSent
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.csrf import csrf_exempt, csrf_protect

from rakorsus.people import actor as actors
from rakorsus.people.actor import Actor
from rakorsus.people.rules import can
from rakorsus.stages.intake.limits import MARGIN, limits
from rakorsus.stages.intake.models import ImportBatch, SourceFile
from rakorsus.stages.intake.views.refusal import too_large, too_many

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def page(rule: str) -> Callable[[View[P]], View[P]]:
    """A page for those who may; others sign in, or are refused."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actors.of_request(request)
            if not can(actor, rule):
                if not actor.signed_in:
                    return redirect_to_login(request.get_full_path())
                raise PermissionDenied(rule)
            return view(request, *args, **kwargs)

        return guarded

    return decorate


def upload_page(view: View[P]) -> View[P]:
    """A page that takes files: what is far too large is refused before it is read.

    The check of the form's token reads the whole request, so it comes after the check of size.
    """
    checked = csrf_protect(view)

    @csrf_exempt
    @wraps(view)
    def guarded(request: HttpRequest, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > limits().batch + MARGIN:
            return too_large(request)
        try:
            request.FILES  # noqa: B018 (reads the request)
        except TooManyFilesSent:
            return too_many(request)
        return checked(request, *args, **kwargs)

    return guarded


def batch_of(actor: Actor, uuid: UUID) -> ImportBatch:
    """The batch, for those who may see it; to others it does not exist."""
    batch = get_object_or_404(ImportBatch.objects.select_related("started_by", "corrects"), pk=uuid)
    if not can(actor, "intake.read", batch):
        raise Http404
    return batch


def file_of(actor: Actor, pk: int) -> SourceFile:
    file = get_object_or_404(SourceFile.objects.select_related("batch", "same_as__batch"), pk=pk)
    if not can(actor, "intake.read", file.batch):
        raise Http404
    return file
