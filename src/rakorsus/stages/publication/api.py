"""The public site and agreements for programs: articles, releases with their files, agreements.

Articles, releases and signed agreements are public; `/agreements` gives what the page of
agreements gives its reader.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import Http404, HttpRequest
from ninja import Field, Query, Router, Schema

from rakorsus.clock import today
from rakorsus.people.actor import of_request
from rakorsus.people.rules import require
from rakorsus.stages.publication.models import Agreement, Article, Release
from rakorsus.stages.publication.queries import agreements as agreement_queries
from rakorsus.stages.publication.queries import articles, classes, releases

router = Router(tags=["publication"])
_PUBLIC = "/publik"


class SitePaging(Schema):
    page: int = Field(1, ge=1, lt=10**7)
    size: int = Field(50, ge=1, le=200)

    def cut(self, rows: Any) -> list[Any]:
        first = (self.page - 1) * self.size
        return list(rows[first : first + self.size])


class QuoteOut(Schema):
    text: str
    post: str


class ArticleOut(Schema):
    slug: str
    url: str
    headline: str
    lead: str
    byline: str
    published: datetime
    updated: datetime | None
    tags: list[str]
    agencies: list[str] = Field(description="agency codes")
    places: list[str] = Field(description="region codes")


class ArticleDetail(ArticleOut):
    body: str
    quotes: list[QuoteOut]
    decisions: list[dict[str, Any]]
    attendance: list[dict[str, Any]]
    sessions: list[dict[str, Any]]


class ReleaseFileOut(Schema):
    url: str
    size: int
    sha256: str


class TableOut(Schema):
    name: str
    rows: int
    added: int
    changed: int
    removed: int
    files: dict[str, ReleaseFileOut]


class ReleaseOut(Schema):
    number: int
    at: datetime
    note: str
    register_version: int
    withheld: int
    masked: int
    digest: str
    tables: list[TableOut]


class PartyOut(Schema):
    name: str
    agency: str | None
    number: str
    post: str
    authority: str


class MilestoneOut(Schema):
    title: str
    due: date
    owner: str | None
    state: str
    done: date | None
    late: bool


class AgreementOut(Schema):
    """Signatories stand by their post; their names are on the document only."""

    slug: str
    kind: str
    scheme: str
    title: str
    scope: list[str]
    money: int | None
    funding: str
    signed: date | None
    starts: date | None
    ends: date | None
    state: str
    information_class: str
    parties: list[PartyOut]
    milestones: list[MilestoneOut]


@router.get("/articles", response=list[ArticleOut], summary="Published articles, newest first")
def article_list(request: HttpRequest, paging: Query[SitePaging]) -> Any:
    return [_article(a) for a in paging.cut(articles.published())]


@router.get("/articles/{slug}", response=ArticleDetail, summary="One article")
def article(request: HttpRequest, slug: str) -> Any:
    found = articles.published().filter(slug=slug).first()
    if found is None:
        raise Http404
    live = found.live
    assert live is not None
    facts = {name: live.facts.get(name, []) for name in ("decisions", "attendance", "sessions")}
    return _article(found) | facts | {"body": live.body, "quotes": live.quotes}


def _article(found: Article) -> dict[str, Any]:
    live = found.live
    assert live is not None
    return {
        "slug": found.slug, "url": found.get_absolute_url(), "byline": found.byline,
        "published": found.published, "updated": found.updated,
        **{n: getattr(live, n) for n in ("headline", "lead", "tags", "agencies", "places")},
    }  # fmt: skip


@router.get("/releases", response=list[ReleaseOut], summary="Releases of the open data")
def release_list(request: HttpRequest, paging: Query[SitePaging]) -> Any:
    return [_release(r) for r in paging.cut(releases.releases())]


@router.get("/releases/{int:number}", response=ReleaseOut, summary="One release")
def release(request: HttpRequest, number: int) -> Any:
    found = releases.releases().filter(number=number).first() if number < 2**31 else None
    if found is None:
        raise Http404
    return _release(found)


def _release(found: Release) -> dict[str, Any]:
    names = ("number", "at", "note", "register_version", "withheld", "masked", "digest")
    tables = [
        {
            **{n: getattr(t, n) for n in ("name", "rows", "added", "changed", "removed")},
            "files": {
                kind: {"url": f"{_PUBLIC}/data/{found.number}/{t.name}.{kind}",
                       "size": file["size"], "sha256": file["sha256"]}
                for kind, file in t.files.items()
            },
        }
        for t in found.tables.all()
    ]  # fmt: skip
    return {**{n: getattr(found, n) for n in names}, "tables": tables}


@router.get("/agreements", response=list[AgreementOut], summary="Agreements one may see")
def agreement_list(request: HttpRequest, paging: Query[SitePaging]) -> Any:
    """Signed public ones for everybody; for staff and parties those of their own page too."""
    actor = of_request(request, "api")
    found = classes.public_agreements()
    if actor.signed_in:
        require(actor, "agreements.read")
        found = agreement_queries.visible(actor)
    found = found.prefetch_related("parties__agency", "milestones__owner")
    now = today()
    shown = paging.cut(found)
    public = {a.slug for a in classes.public_agreements().filter(slug__in=[a.slug for a in shown])}
    return [_agreement(a, now, a.slug in public) for a in shown]


def _agreement(found: Agreement, now: date, public: bool) -> dict[str, Any]:
    names = ("slug", "kind", "scheme", "title", "money", "funding", "signed", "starts", "ends")
    return {
        **{n: getattr(found, n) for n in names},
        "scope": found.items, "state": found.state_on(now),
        "information_class": "setiap_saat" if public else "dikecualikan",
        "parties": [
            {"name": p.name, "agency": p.agency.code if p.agency else None, "number": p.number,
             "post": p.post, "authority": p.authority}
            for p in found.parties.all()
        ],
        "milestones": [
            {"title": m.title, "due": m.due, "owner": m.owner.code if m.owner else None,
             "state": m.state, "done": m.done, "late": m.late(now)}
            for m in found.milestones.all()
        ],
    }  # fmt: skip
