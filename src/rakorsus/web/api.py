"""The typed API: each stage adds its router; OpenAPI at /api/v1/openapi.json."""

from __future__ import annotations

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse

from rakorsus import __version__
from rakorsus.stages.decisions.api import router as decisions_router
from rakorsus.stages.findings.api import router as findings_router
from rakorsus.stages.followup.api import router as followup_router
from rakorsus.stages.followup.api_watching import router as watching_router
from rakorsus.stages.intake.api import router as intake_router
from rakorsus.stages.publication.api import router as publication_router
from rakorsus.stages.register.api import router as register_router
from rakorsus.web.api_answers import Api

api = Api(
    title="rakorsus",
    version=__version__,
    description="Program register and findings of a local government.",
    urls_namespace="api",
    docs_url=None,
)


@api.exception_handler(PermissionDenied)
def refused(request: HttpRequest, error: PermissionDenied) -> HttpResponse:
    return api.create_response(
        request,
        {"detail": {"id": "Anda tidak berhak.", "en": "You are not allowed to do this."}},
        status=403,
    )


api.add_router("", register_router)
api.add_router("imports", intake_router)
api.add_router("findings", findings_router)
api.add_router("publication", publication_router)
api.add_router("decisions", decisions_router)
api.add_router("action-items", followup_router)
api.add_router("", watching_router)
