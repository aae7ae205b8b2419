"""Articles: what is being written, what was approved, pictures, and the marks that relate them."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.db import models
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from rakorsus.stages.meeting.models import Meeting


class Picture(models.Model):
    """A picture as it was encoded anew here: no metadata, the type that its content has."""

    sha256 = models.CharField(max_length=64, unique=True)
    file = models.CharField(max_length=200)
    small = models.CharField(max_length=200)
    width = models.PositiveIntegerField()
    height = models.PositiveIntegerField()
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)

    def __str__(self) -> str:
        return self.sha256[:12]


class Article(models.Model):
    """`live` is the revision that the public reads; the newest revision is what is being written.

    A published article that is changed keeps its live revision until the change is approved too.
    """

    class State(models.TextChoices):
        DRAFT = "draft", _("Konsep")
        REVIEW = "review", _("Menunggu persetujuan")
        PUBLISHED = "published", _("Terbit")
        WITHDRAWN = "withdrawn", _("Ditarik")

    slug = models.SlugField(_("alamat"), max_length=120, unique=True)
    state = models.CharField(_("keadaan"), max_length=10, choices=State, default=State.DRAFT)
    meeting = models.ForeignKey(
        Meeting, on_delete=models.PROTECT, null=True, blank=True, related_name="articles",
        verbose_name=_("rapat"),
    )  # fmt: skip
    source = models.CharField(max_length=60, blank=True)  # "decision:12", when drafted from one
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="articles"
    )
    byline = models.CharField(_("penulis"), max_length=200)  # a post, never a person's name
    created = models.DateTimeField(auto_now_add=True)
    live = models.ForeignKey(
        "publication.Revision", on_delete=models.PROTECT, null=True, related_name="+"
    )
    published = models.DateTimeField(_("terbit"), null=True)
    updated = models.DateTimeField(_("diperbarui"), null=True)
    withdrawn_reason = models.TextField(_("alasan penarikan"), blank=True)

    class Meta:
        ordering = ["-published", "-id"]
        verbose_name = _("berita")
        indexes = [models.Index(fields=["state", "-published", "-id"], name="article_published")]

    def __str__(self) -> str:
        return self.slug

    def get_absolute_url(self) -> str:
        return reverse("public:article", args=[self.slug])


class Revision(models.Model):
    """One state of an article. Never changed after it was made, but for who approved it.

    `facts` are copied from the record of the meeting or decision: {"attendance", "sessions",
    "decisions", "starts", "place", "digest"}; people edit the words, not the facts. `quotes` are
    [{"text", "post"}], typed by people.
    """

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="revisions")
    number = models.PositiveIntegerField()
    headline = models.CharField(_("judul"), max_length=160)
    lead = models.TextField(_("teras"), max_length=600)
    body = models.TextField(_("isi"), max_length=20_000, blank=True)
    facts = models.JSONField(default=dict)
    quotes = models.JSONField(_("kutipan"), default=list)
    tags = models.JSONField(_("tag"), default=list)
    agencies = models.JSONField(_("perangkat daerah"), default=list)  # codes
    places = models.JSONField(_("wilayah"), default=list)  # codes
    picture = models.ForeignKey(Picture, on_delete=models.PROTECT, null=True, related_name="+")
    alternative = models.CharField(_("teks pengganti gambar"), max_length=300, blank=True)
    credit = models.CharField(_("sumber gambar"), max_length=150, blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    by_name = models.CharField(max_length=200)
    at = models.DateTimeField(auto_now_add=True)
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, null=True, related_name="+"
    )
    approved = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-number"]
        constraints = [models.UniqueConstraint(fields=["article", "number"], name="revision_once")]

    def __str__(self) -> str:
        return self.headline

    @property
    def paragraphs(self) -> list[dict[str, Any]]:
        """The body as paragraphs and subheadings (a line that begins with `## `)."""
        parts = [p.strip() for p in self.body.replace("\r\n", "\n").split("\n\n")]
        return [
            {"heading": p.startswith("## "), "text": p.removeprefix("## ").strip()}
            for p in parts
            if p
        ]


class ArticleMark(models.Model):
    """A tag, agency or place of a published article: what related items share."""

    class Kind(models.TextChoices):
        TAG = "tag", _("Tag")
        AGENCY = "agency", _("Perangkat daerah")
        PLACE = "place", _("Wilayah")

    article = models.ForeignKey(Article, on_delete=models.CASCADE, related_name="marks")
    kind = models.CharField(max_length=6, choices=Kind)
    value = models.CharField(max_length=120)
    label = models.CharField(max_length=250)

    class Meta:
        ordering = ["kind", "label"]
        constraints = [
            models.UniqueConstraint(fields=["article", "kind", "value"], name="mark_once")
        ]
        indexes = [models.Index(fields=["kind", "value"], name="articles_of_mark")]

    def __str__(self) -> str:
        return self.label
