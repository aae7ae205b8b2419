"""Pages that belong to no stage: the front page, language, health, and what went wrong."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from rakorsus.people.actor import of_request
from rakorsus.web import home as front_page


def home(request: HttpRequest) -> HttpResponse:
    return render(request, "web/home.html", front_page.context(of_request(request)))


@require_POST
def set_language(request: HttpRequest) -> HttpResponse:
    chosen = request.POST.get("language", settings.LANGUAGE_CODE)
    target = request.POST.get("next", "/")
    if not url_has_allowed_host_and_scheme(target, {request.get_host()}):
        target = "/"
    response = redirect(target)
    if chosen in dict(settings.LANGUAGES):
        response.set_cookie(
            settings.LANGUAGE_COOKIE_NAME, chosen, max_age=365 * 86400, samesite="Lax"
        )
    return response


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/403.html", status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    return render(request, "web/404.html", status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    return HttpResponse(
        "Terjadi kesalahan pada peladen. Kejadian ini dicatat; silakan coba lagi. "
        "(A server error occurred and was logged; please try again.)",
        status=500,
        content_type="text/plain; charset=utf-8",
    )
