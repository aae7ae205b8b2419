"""Addresses of the editors' desk; the public site has its own (`public_urls`)."""

from django.urls import path

from rakorsus.stages.publication.views import desk

app_name = "publication"

urlpatterns = [
    path("", desk.index, name="index"),
    path("mulai/", desk.begin, name="begin"),
    path("mulai/keputusan/", desk.begin_decision, name="begin_decision"),
    path("berita/<int:pk>/", desk.article, name="article"),
    path("berita/<int:pk>/langkah/", desk.move, name="move"),
    path("gambar/<slug:sha256>.jpg", desk.picture, name="picture"),
    path("rilis/", desk.releases, name="releases"),
    path("kelas/", desk.classes, name="classes"),
    path("kelas/<int:pk>/aturan/", desk.follow_rule, name="follow_rule"),
]
