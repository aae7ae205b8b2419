"""Published articles, their neighbours in time, and what is related to them."""

from __future__ import annotations

from django.db.models import Count, Q, QuerySet

from rakorsus.clock import today
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication.models import Agreement, Article, Classification, Release
from rakorsus.stages.publication.queries import classes

_FEW = 4


def published() -> QuerySet[Article]:
    """What the public reads, newest first: with its live revision and picture."""
    hidden = classes.hidden_idents(Classification.Kind.ARTICLE)
    found = Article.objects.filter(live__isnull=False).exclude(state=Article.State.WITHDRAWN)
    found = found.exclude(slug__in=hidden) if hidden else found
    return found.select_related("live__picture").order_by("-published", "-id")


def marked(kind: str, value: str) -> QuerySet[Article]:
    """Published articles with one mark."""
    return published().filter(marks__kind=kind, marks__value=value)


def neighbours(article: Article) -> tuple[Article | None, Article | None]:
    """The one published before, and the one published after."""
    at = article.published
    older = published().filter(Q(published__lt=at) | Q(published=at, pk__lt=article.pk)).first()
    newer = (
        published()
        .filter(Q(published__gt=at) | Q(published=at, pk__gt=article.pk))
        .order_by("published", "id")
        .first()
    )
    return older, newer


def related(article: Article) -> list[Article]:
    """Those that share most marks, the newest first among equals. One query."""
    marks = article.marks.values_list("kind", "value")
    same = Q(pk__in=[])
    for kind, value in marks:
        same |= Q(marks__kind=kind, marks__value=value)
    found = published().filter(same).exclude(pk=article.pk)
    return list(
        found.annotate(shared=Count("marks")).order_by("-shared", "-published", "-id")[:_FEW]
    )


def recommended(article: Article, known: list[Article]) -> dict[str, list[object]]:
    """What else may interest: agreements of its agencies or its meeting, the newest articles that
    are not related, the newest release."""
    codes = [m.value for m in article.marks.all() if m.kind == "agency"]
    agreements = classes.public_agreements().filter(
        Q(parties__agency__code__in=codes)
        | Q(milestones__owner__code__in=codes)
        | Q(meeting__isnull=False, meeting=article.meeting_id)
    )
    others = published().exclude(pk__in=[article.pk, *(a.pk for a in known)])
    return {
        "agreements": list(agreements.distinct()[:_FEW]),
        "articles": list(others[: _FEW - 1]),
        "releases": list(Release.objects.all()[:1]),
    }


def public_meetings() -> QuerySet[Meeting]:
    """Meetings whose agenda was published, the next ones and those that were."""
    return Meeting.objects.exclude(state=Meeting.State.DRAFT).order_by("starts", "id")


def coming() -> QuerySet[Meeting]:

    return public_meetings().filter(ends__date__gte=today())


def agreements() -> QuerySet[Agreement]:
    """Public agreements with parties and milestones, newest first."""
    return classes.public_agreements().prefetch_related("parties__agency", "milestones")
