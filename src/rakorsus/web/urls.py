"""All addresses. Pages have Indonesian paths; each stage keeps its own list."""

from django.urls import include, path
from django.views.generic import RedirectView

from rakorsus.stages.publication.views import robots
from rakorsus.web import peragaan, rights, story, views
from rakorsus.web.api import api

urlpatterns = [
    path("", views.home, name="home"),
    path("bahasa/", views.set_language, name="set_language"),
    path("peragaan/", peragaan.about, name="peragaan"),
    path("peragaan/tahun-2022/", story.page, name="story"),
    path("akun/email/", RedirectView.as_view(pattern_name="profile")),  # one way to change it
    path("akun/", include("allauth.urls")),
    path("", include("rakorsus.documents.urls")),
    path("impor/", include("rakorsus.stages.intake.urls")),
    path("program/", include("rakorsus.stages.register.urls")),
    path("temuan/", include("rakorsus.stages.findings.urls")),
    path("rapat/", include("rakorsus.stages.meeting.urls")),
    path("keputusan/", include("rakorsus.stages.decisions.urls")),
    path("tindak-lanjut/", include("rakorsus.stages.followup.watching_urls")),
    path("tindak-lanjut/", include("rakorsus.stages.followup.urls")),
    path("kerja-sama/", include("rakorsus.stages.publication.agreement_urls")),
    path("publik/redaksi/", include("rakorsus.stages.publication.urls")),
    path("publik/", include("rakorsus.stages.publication.public_urls")),
    path("public/", include("rakorsus.stages.publication.public_urls", namespace="public-en")),
    path("robots.txt", robots.robots, name="robots"),
    path("sitemap.xml", robots.sitemap, name="sitemap"),
    path("balai/", include("rakorsus.hall.urls")),
    path("", include("rakorsus.operation.urls")),
    path("pengaturan/hak/", rights.rights, name="rights"),
    path("pengaturan/", include("rakorsus.people.urls")),
    path("audit/", include("rakorsus.web.audit_urls")),
    path("api/v1/", api.urls),
]

handler403 = "rakorsus.web.views.forbidden"
handler404 = "rakorsus.web.views.not_found"
handler500 = "rakorsus.web.views.server_error"
