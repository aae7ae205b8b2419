"""The public page of a paper, below /periksa/."""

from django.urls import include, path

from rakorsus.documents.views import check, settings

app_name = "documents"

_settings = [
    path("", settings.overview, name="settings"),
    path("penghitung/", settings.counter, name="counter"),
    path("jenis/<slug:key>/", settings.kind, name="kind"),
    path("<slug:what>/baru/", settings.part, name="part_add"),
    path("<slug:what>/<int:pk>/", settings.part, name="part"),
]

urlpatterns = [
    path("periksa/", check.index, name="check_index"),
    path("periksa/<str:key>/", check.check, name="check"),
    path("pengaturan/naskah/", include(_settings)),
]
