"""The editors' desk: drafts, approval, releases, information classes."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.core.files.storage import default_storage
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from rakorsus.people.actor import Actor, of_request
from rakorsus.people.models import Agency
from rakorsus.people.rules import can, require
from rakorsus.stages.decisions.models import Decision
from rakorsus.stages.publication import actions, drafts
from rakorsus.stages.publication import classes as rules
from rakorsus.stages.publication.actions import jobs
from rakorsus.stages.publication.forms import QUOTES, ArticleForm, BeginForm, ClassForm
from rakorsus.stages.publication.models import Article, Classification, Picture, Release, ReleaseJob
from rakorsus.stages.publication.queries import articles as queries
from rakorsus.stages.register.models import Region
from rakorsus.stages.register.queries.counts import newest as newest_version

SIZE = 30


def reader(request: HttpRequest, rule: str) -> Actor:
    actor = of_request(request)
    require(actor, rule)
    return actor


def attempt(request: HttpRequest, change: Callable[[], Any], words: str = "") -> bool:
    """Run a change; say that it was done, or why not."""
    try:
        change()
    except ValidationError as error:
        for line in error.messages:
            messages.error(request, line)
        return False
    if words:
        messages.success(request, words)
    return True


def explain(request: HttpRequest, form: Any) -> None:
    """Say what a form lacks."""
    for name, problems in form.errors.items():
        label = form.fields[name].label if name in form.fields else ""
        messages.error(request, f"{label}: {' '.join(problems)}".lstrip(": "))


def number(request: HttpRequest, name: str) -> int:
    text = request.POST.get(name, "")
    return int(text) if text.isascii() and text.isdigit() and len(text) < 10 else 0


@login_required
@require_GET
def index(request: HttpRequest) -> HttpResponse:
    actor = reader(request, "publication.read")
    state = request.GET.get("keadaan", "")
    found = Article.objects.prefetch_related("revisions").order_by("-id")
    if state in Article.State.values:
        found = found.filter(state=state)
    page = Paginator(found, SIZE).get_page(request.GET.get("page"))
    decisions = Decision.objects.filter(state=Decision.State.TAKEN)[:30]
    context = {
        "page": page, "states": Article.State.choices, "state": state, "form": BeginForm(),
        "write": can(actor, "publication.write"), "decisions": decisions, "tab": "articles",
        "waiting": Article.objects.filter(state=Article.State.REVIEW).count(),
    }  # fmt: skip
    return render(request, "publication/desk/index.html", context)


@login_required
@require_POST
def begin(request: HttpRequest) -> HttpResponse:
    actor = reader(request, "publication.write")
    form = BeginForm(request.POST)
    if not form.is_valid():
        explain(request, form)
        return redirect("publication:index")
    try:
        meeting = form.cleaned_data["meeting"]
        if meeting:
            made = actions.begin_from_meeting(actor, meeting)
        else:
            made = actions.begin(actor, form.cleaned_data["headline"])
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("publication:index")
    return redirect("publication:article", made.pk)


@login_required
@require_POST
def begin_decision(request: HttpRequest) -> HttpResponse:
    actor = reader(request, "publication.write")
    decision = get_object_or_404(Decision, pk=number(request, "decision"))
    try:
        made = actions.begin_from(actor, drafts.of_decision(decision), f"decision:{decision.pk}")
    except ValidationError as error:
        messages.error(request, " ".join(error.messages))
        return redirect("publication:index")
    return redirect("publication:article", made.pk)


def _article(pk: int) -> Article:
    return get_object_or_404(Article.objects.select_related("live", "meeting"), pk=pk)


@login_required
@require_http_methods(["GET", "POST"])
def article(request: HttpRequest, pk: int) -> HttpResponse:
    """What is being written, its history, and what may be done with it."""
    actor = reader(request, "publication.read")
    shown = _article(pk)
    last = shown.revisions.select_related("picture").first()
    assert last is not None
    form = ArticleForm(request.POST or None, request.FILES or None, revision=last)
    if request.method == "POST":
        require(actor, "publication.write")
        if form.is_valid() and _save(request, actor, shown, form):
            return redirect("publication:article", pk)
        if form.errors:
            explain(request, form)
    write = can(actor, "publication.write") and shown.state != Article.State.WITHDRAWN
    context = {
        "article": shown, "revision": last, "form": form, "write": write, "tab": "articles",
        "quotes": _quote_rows(request, last.quotes), "revisions": shown.revisions.all()[:50],
        "changed": shown.live is None or shown.live.pk != last.pk,
        "may_approve": can(actor, "publication.approve", shown),
        "may_withdraw": can(actor, "publication.withdraw") and shown.live is not None,
        "agencies": Agency.objects.filter(code__in=last.agencies),
        "places": Region.objects.filter(code__in=last.places),
        "is_public": queries.published().filter(pk=shown.pk).exists(),
    }  # fmt: skip
    return render(request, "publication/desk/article.html", context)


def _save(request: HttpRequest, actor: Actor, shown: Article, form: ArticleForm) -> bool:
    quotes = [
        {"text": request.POST.get(f"quote_{n}", ""), "post": request.POST.get(f"post_{n}", "")}
        for n in range(QUOTES)
    ]

    def change() -> None:
        upload = form.cleaned_data.get("picture")
        picture = actions.store_picture(actor, upload.read()) if upload else None
        actions.save(
            actor, shown, number(request, "seen"), quotes=quotes, picture=picture,
            **form.content(),
        )  # fmt: skip

    return attempt(request, change, _("Tersimpan."))


def _quote_rows(request: HttpRequest, kept: list[dict[str, str]]) -> list[dict[str, Any]]:
    """Always QUOTES rows: what was sent, or what is kept, or empty."""
    rows = []
    for n in range(QUOTES):
        old = kept[n] if n < len(kept) else {"text": "", "post": ""}
        rows.append({
            "n": n, "text": request.POST.get(f"quote_{n}", old["text"]),
            "post": request.POST.get(f"post_{n}", old["post"]),
        })  # fmt: skip
    return rows


@login_required
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Submit, return, approve, refresh or withdraw; the action asks for the right."""
    actor = reader(request, "publication.read")
    shown, seen = _article(pk), number(request, "seen")
    reason = request.POST.get("reason", "")
    steps: dict[str, tuple[Callable[[], Any], str]] = {
        "submit": (lambda: actions.submit(actor, shown, seen), _("Dikirim untuk disetujui.")),
        "return": (lambda: actions.return_draft(actor, shown, reason), _("Dikembalikan.")),
        "approve": (lambda: actions.approve(actor, shown, seen), _("Terbit.")),
        "refresh": (lambda: actions.refresh_facts(actor, shown, seen),
                    _("Fakta diambil ulang dari catatan rapat.")),
        "withdraw": (lambda: actions.withdraw(actor, shown, reason), _("Ditarik.")),
    }  # fmt: skip
    step = steps.get(request.POST.get("step", ""))
    if step:
        attempt(request, *step)
    return redirect("publication:article", pk)


@login_required
@require_GET
def picture(request: HttpRequest, sha256: str) -> HttpResponse:
    """A picture that is not published yet, for the desk."""
    reader(request, "publication.read")
    found = get_object_or_404(Picture, sha256=sha256)
    with default_storage.open(found.small) as file:
        response = HttpResponse(file.read(), content_type="image/jpeg")
    response.headers["Cache-Control"] = "private, max-age=3600"
    response.headers["X-Content-Type-Options"] = "nosniff"
    return response


@login_required
@require_http_methods(["GET", "POST"])
def releases(request: HttpRequest) -> HttpResponse:
    """What the next release would change, as a job computed it, and the button that freezes it."""
    actor = reader(request, "publication.read")
    if request.method == "POST":
        require(actor, "publication.release")
        only_look = request.POST.get("langkah") == "hitung"
        kind = ReleaseJob.Kind.LOOK if only_look else ReleaseJob.Kind.RELEASE
        try:
            jobs.ask(actor, kind, request.POST.get("note", ""))
        except ValidationError as error:
            messages.error(request, " ".join(error.messages))
        return redirect("publication:releases")
    job = ReleaseJob.objects.first()
    look = ReleaseJob.objects.filter(kind=ReleaseJob.Kind.LOOK, state="done").first()
    newest = Release.objects.first()
    if look and look.base != (newest.number if newest else 0):
        look = None  # a release was made since
    context = {
        "job": job, "look": look, "old": look and look.version != newest_version(),
        "tab": "releases",
        "releases": Release.objects.all()[:30], "may_release": can(actor, "publication.release"),
    }  # fmt: skip
    return render(request, "publication/desk/releases.html", context)


@login_required
@require_http_methods(["GET", "POST"])
def classes(request: HttpRequest) -> HttpResponse:
    """Rules of the information classes, and the records that depart from them."""
    actor = reader(request, "publication.read")
    start = {"kind": request.GET.get("jenis"), "ident": request.GET.get("nomor")}
    form = ClassForm(request.POST or None, initial=start)
    if request.method == "POST":
        require(actor, "publication.classify")
        if form.is_valid() and attempt(
            request, lambda: actions.classify(actor, **form.cleaned_data), _("Tersimpan.")
        ):
            return redirect("publication:classes")
    kept = Paginator(Classification.objects.all(), SIZE).get_page(request.GET.get("page"))
    context = {
        "rules": rules.RULES, "page": kept, "form": form, "tab": "classes",
        "may_classify": can(actor, "publication.classify"),
    }  # fmt: skip
    return render(request, "publication/desk/classes.html", context)


@login_required
@require_POST
def follow_rule(request: HttpRequest, pk: int) -> HttpResponse:
    actor = reader(request, "publication.classify")
    kept = get_object_or_404(Classification, pk=pk)
    attempt(request, lambda: actions.follow_rule(actor, kept), _("Kembali mengikuti aturan."))
    return redirect("publication:classes")
