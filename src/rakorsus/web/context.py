"""What every page knows: the installation, the actor, the main ways."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from rakorsus import __version__
from rakorsus.people import actor
from rakorsus.web.ways import ways


def site(request: HttpRequest) -> dict[str, Any]:
    return {
        "actor": actor.of_request(request),
        "demo": settings.DEMO,
        "app_version": __version__,
        "ways": ways(request),
        "other_language": "en" if request.LANGUAGE_CODE == "id" else "id",  # type: ignore[attr-defined]
    }
