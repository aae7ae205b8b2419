"""What every address of the API may answer when it refuses: documented, and always JSON."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse
from ninja import NinjaAPI, Schema
from ninja.openapi.schema import OpenAPISchema

from rakorsus.people.gate import ROOT
from rakorsus.stages.intake.api import Words

Handler = Callable[[HttpRequest], HttpResponse]
_WORDS = {
    400: ("Permintaan tidak dapat dibaca.", "The request cannot be read."),
    404: ("Tidak ada di sini.", "Not found."),
    405: ("Cara ini tidak ada pada alamat ini.", "This address has no such method."),
    413: ("Permintaan terlalu besar.", "The request is too large."),
    500: ("Ada yang gagal di server; kesalahan dicatat.", "The server failed; it was noted."),
}
_ALWAYS = (400, 401, 403, 404, 422, 429)
_CHANGES = (409, 413, 507)


class Mistake(Schema):
    """One part of the request that does not fit, and where it stands."""

    type: str
    loc: list[str | int]
    msg: str


class Refusal(Schema):
    """Why nothing was done."""

    detail: Words | str | list[Mistake]


class Api(NinjaAPI):
    """The API, whose description names the refusals too."""

    def get_openapi_schema(self, **more: Any) -> OpenAPISchema:
        told = super().get_openapi_schema(**more)
        reference = "#/components/schemas/{model}"
        refusal = Refusal.model_json_schema(ref_template=reference)
        told["components"]["schemas"] |= refusal.pop("$defs") | {"Refusal": refusal}
        content = {"application/json": {"schema": {"$ref": reference.format(model="Refusal")}}}
        for operations in told["paths"].values():
            for method, operation in operations.items():
                for status in (*_ALWAYS, *(() if method == "get" else _CHANGES)):
                    described = {"description": HTTPStatus(status).phrase, "content": content}
                    operation["responses"].setdefault(status, described)
        return told


def in_json(get_response: Handler) -> Handler:
    """Middleware around all that answer: a refusal below the API's root is no page of HTML."""

    def handle(request: HttpRequest) -> HttpResponse:
        answer = get_response(request)
        if not request.path.startswith(ROOT) or answer.status_code < 400:
            return answer
        if answer.headers.get("Content-Type", "").startswith("application/json"):
            return answer
        known = 500 if answer.status_code >= 500 else 400
        words = _WORDS.get(answer.status_code, _WORDS[known])
        told = JsonResponse(
            {"detail": dict(zip(("id", "en"), words, strict=True))}, status=answer.status_code
        )
        if "Allow" in answer.headers:
            told.headers["Allow"] = answer.headers["Allow"]
        return told

    return handle
