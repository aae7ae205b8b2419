"""An article from its draft to the public: written, submitted, approved by another, withdrawn."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.core.exceptions import ValidationError
from django.db import transaction
from django.utils import timezone
from django.utils.text import slugify
from django.utils.translation import gettext as _

from rakorsus.audit import actions as audit
from rakorsus.people.actor import Actor
from rakorsus.people.models import Agency
from rakorsus.people.rules import require
from rakorsus.stages.meeting.models import Meeting
from rakorsus.stages.publication import drafts
from rakorsus.stages.publication.models import Article, ArticleMark, Picture, Revision
from rakorsus.stages.publication.personal import hits
from rakorsus.stages.register.models import Region

_TEXTS = ("headline", "lead", "body", "alternative", "credit")
_LISTS = ("tags", "agencies", "places")
State = Article.State


@transaction.atomic
def begin(actor: Actor, headline: str, lead: str = "") -> Article:
    """An article that is drafted from nothing."""
    require(actor, "publication.write")
    draft = drafts.Draft(headline.strip(), lead.strip(), "", {})
    return _begin(actor, draft)


@transaction.atomic
def begin_from_meeting(actor: Actor, meeting: Meeting) -> Article:
    """An article drafted from the record of a meeting."""
    require(actor, "publication.write")
    return _begin(actor, drafts.of_meeting(meeting), meeting=meeting)


@transaction.atomic
def begin_from(actor: Actor, draft: drafts.Draft, source: str) -> Article:
    """An article drafted from another record, such as a decision ("decision:12")."""
    require(actor, "publication.write")
    return _begin(actor, draft, source=source)


def _begin(
    actor: Actor, draft: drafts.Draft, meeting: Meeting | None = None, source: str = ""
) -> Article:
    assert actor.user is not None
    if not draft.headline:
        raise ValidationError(_("Tulis judulnya."))
    made = Article.objects.create(
        slug=_free_slug(draft.headline), author=actor.user, meeting=meeting, source=source,
        byline=actor.user.post or str(_("Sekretariat")),
    )  # fmt: skip
    Revision.objects.create(
        article=made, number=1, headline=draft.headline, lead=draft.lead, body=draft.body,
        facts=draft.facts, tags=draft.tags, agencies=draft.agencies, places=draft.places,
        by=actor.user, by_name=actor.name,
    )  # fmt: skip
    audit.record(actor, "publication.begin", made, summary=draft.headline[:200])
    return made


@transaction.atomic
def save(
    actor: Actor, article: Article, seen: int, *, quotes: Iterable[Mapping[str, str]] = (),
    picture: Picture | None = None, **data: Any,
) -> Revision:  # fmt: skip
    """The next revision of what is being written.

    Args:
        seen: number of the revision that the writer started from.
        quotes: {"text", "post"}; a quote without the post of its speaker is refused.
        picture: a new picture; without it the old one stays. `data["no_picture"]` takes it away.

    Raises:
        ValidationError: somebody else was faster, a quote has no speaker, a picture has no
            alternative text, personal data stand in a text.
    """
    require(actor, "publication.write")
    last = _locked(article, seen)
    if article.state == State.WITHDRAWN:
        raise ValidationError(_("Berita ini sudah ditarik."))
    said = _quotes(quotes)
    made = Revision(
        article=article, number=last.number + 1, facts=last.facts, quotes=said,
        picture=None if data.get("no_picture") else picture or last.picture, by=actor.user,
        by_name=actor.name,
        **{name: str(data.get(name, getattr(last, name))).strip() for name in _TEXTS},
        **{name: _unique(data.get(name, getattr(last, name))) for name in _LISTS},
    )  # fmt: skip
    _check(made)
    made.save()
    if article.state == State.REVIEW:
        Article.objects.filter(pk=article.pk).update(state=_resting(article))
    if article.live is None:
        # The address follows the headline as long as nobody can have kept it.
        Article.objects.filter(pk=article.pk).update(slug=_free_slug(made.headline, article.pk))
    changed = [n for n in (*_TEXTS, *_LISTS, "quotes") if getattr(last, n) != getattr(made, n)]
    audit.record(actor, "publication.save", article, changes={"fields": changed})
    article.refresh_from_db()
    return made


@transaction.atomic
def refresh_facts(actor: Actor, article: Article, seen: int) -> Revision:
    """Take the facts from the meeting's record as it stands now; the words stay."""
    require(actor, "publication.write")
    last = _locked(article, seen)
    if article.meeting is None:
        raise ValidationError(_("Berita ini tidak berasal dari rapat."))
    made = _copy(last, actor)
    made.facts = drafts.facts_of(article.meeting)
    made.save()
    if article.state == State.REVIEW:
        Article.objects.filter(pk=article.pk).update(state=_resting(article))
    audit.record(actor, "publication.refresh", article)
    article.refresh_from_db()
    return made


@transaction.atomic
def submit(actor: Actor, article: Article, seen: int) -> None:
    """Hand the newest revision over for approval."""
    require(actor, "publication.write")
    last = _locked(article, seen)
    _check(last)
    if not last.lead:
        raise ValidationError(_("Teras masih kosong."))
    if article.live and article.live.pk == last.pk:
        raise ValidationError(_("Tidak ada perubahan yang menunggu persetujuan."))
    Article.objects.filter(pk=article.pk).update(state=State.REVIEW)
    audit.record(actor, "publication.submit", article, summary=last.headline[:200])
    article.refresh_from_db()


@transaction.atomic
def return_draft(actor: Actor, article: Article, reason: str) -> None:
    """Send it back to its writer, with a reason."""
    require(actor, "publication.approve")
    if article.state != State.REVIEW:
        raise ValidationError(_("Berita ini tidak sedang menunggu persetujuan."))
    if not reason.strip():
        raise ValidationError(_("Tulis apa yang harus diperbaiki."))
    Article.objects.filter(pk=article.pk).update(state=_resting(article))
    audit.record(actor, "publication.return", article, summary=reason.strip()[:200])
    article.refresh_from_db()


@transaction.atomic
def approve(actor: Actor, article: Article, seen: int) -> Article:
    """Publish exactly the revision that the approver has seen; nobody approves the own words."""
    last = _locked(article, seen)
    require(actor, "publication.approve", article)
    if article.state != State.REVIEW:
        raise ValidationError(_("Berita ini tidak sedang menunggu persetujuan."))
    _check(last)
    now = timezone.now()
    last.approved, last.approved_by = now, actor.user
    last.save(update_fields=["approved", "approved_by"])
    article.live, article.state = last, State.PUBLISHED
    article.updated = now if article.published else None
    article.published = article.published or now
    article.save(update_fields=["live", "state", "published", "updated"])
    _mark(article, last)
    audit.record(
        actor, "publication.approve", article, summary=last.headline[:200],
        changes={"revision": last.number}, topic="publication.published",
    )  # fmt: skip
    return article


@transaction.atomic
def withdraw(actor: Actor, article: Article, reason: str) -> None:
    """Take a published article away; its address says that it was withdrawn, and why."""
    require(actor, "publication.withdraw")
    if not reason.strip():
        raise ValidationError(_("Tulis alasan penarikan; alasan ini dibaca publik."))
    if article.live is None:
        raise ValidationError(_("Berita ini belum terbit."))
    if hits(reason):
        raise ValidationError(_("Alasan memuat data pribadi."))
    article.state, article.withdrawn_reason = State.WITHDRAWN, reason.strip()
    article.save(update_fields=["state", "withdrawn_reason"])
    article.marks.all().delete()
    audit.record(actor, "publication.withdraw", article, summary=reason.strip()[:200])


def _locked(article: Article, seen: int) -> Revision:
    """The newest revision, when it is the one that was seen."""
    fresh = Article.objects.select_for_update().get(pk=article.pk)
    article.state, article.live_id = fresh.state, fresh.live_id
    last = article.revisions.first()
    assert last is not None
    if last.number != seen:
        raise ValidationError(
            _("Orang lain baru saja mengubahnya. Muat ulang halaman ini dan lihat dahulu.")
        )
    return last


def _copy(last: Revision, actor: Actor) -> Revision:
    made = Revision(
        article_id=last.article_id, number=last.number + 1, facts=last.facts, quotes=last.quotes,
        picture=last.picture, by=actor.user, by_name=actor.name,
    )  # fmt: skip
    for name in (*_TEXTS, *_LISTS):
        setattr(made, name, getattr(last, name))
    return made


def _resting(article: Article) -> str:
    return State.PUBLISHED if article.live_id else State.DRAFT


def _quotes(quotes: Iterable[Mapping[str, str]]) -> list[dict[str, str]]:
    found = []
    for quote in quotes:
        text, post = quote.get("text", "").strip(), quote.get("post", "").strip()
        if not text and not post:
            continue
        if not text or not post:
            raise ValidationError(_("Kutipan memerlukan isi dan jabatan yang mengucapkannya."))
        found.append({"text": text.strip("“”\"'"), "post": post})
    return found


def _unique(values: Iterable[str]) -> list[str]:
    return list(dict.fromkeys(v.strip() for v in values if v.strip()))


def _check(made: Revision) -> None:
    """What no revision may lack or carry."""
    problems = []
    if not made.headline:
        problems.append(_("Tulis judulnya."))
    if made.picture and not made.alternative:
        problems.append(
            _("Gambar memerlukan teks pengganti: apa yang terlihat, bagi yang tidak melihatnya.")
        )
    said = [q["text"] for q in made.quotes] + [q["post"] for q in made.quotes]
    texts = [getattr(made, name) for name in _TEXTS] + said + made.tags
    found = sorted({hit.kind for text in texts for hit in hits(text)})
    if found:
        problems.append(
            _("Teks memuat data pribadi (%(kinds)s); hapus dahulu.") % {"kinds": ", ".join(found)}
        )
    for name in _TEXTS:
        most = Revision._meta.get_field(name).max_length
        if most and len(getattr(made, name)) > most:
            label = Revision._meta.get_field(name).verbose_name
            problems.append(
                _("%(field)s lebih panjang dari %(most)s huruf.") % {"field": label, "most": most}
            )
    if problems:
        raise ValidationError(problems)


def _mark(article: Article, live: Revision) -> None:
    article.marks.all().delete()
    agencies = dict(Agency.objects.filter(code__in=live.agencies).values_list("code", "name"))
    regions = dict(Region.objects.filter(code__in=live.places).values_list("code", "name"))
    marks = [(ArticleMark.Kind.TAG, slugify(t) or t[:120], t[:250]) for t in live.tags]
    marks += [(ArticleMark.Kind.AGENCY, code, name) for code, name in agencies.items()]
    marks += [(ArticleMark.Kind.PLACE, code, name) for code, name in regions.items()]
    made = {(kind, value): ArticleMark(article=article, kind=kind, value=value, label=label)
            for kind, value, label in marks}  # fmt: skip
    ArticleMark.objects.bulk_create(made.values())


def _free_slug(headline: str, own: int | None = None) -> str:
    """An address made of the headline that no other article has."""
    base = slugify(headline)[:100].strip("-") or "berita"
    taken = set(
        Article.objects.filter(slug__startswith=base).exclude(pk=own).values_list("slug", flat=True)
    )
    number, slug = 1, base
    while slug in taken:
        number += 1
        slug = f"{base}-{number}"
    return slug
