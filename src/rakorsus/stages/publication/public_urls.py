"""Addresses of the public site, the same in both languages."""

from django.urls import path

from rakorsus.stages.publication.views import data, public

app_name = "public"

urlpatterns = [
    path("", public.home, name="home"),
    path("berita/", public.article_list, name="articles"),
    path("berita/<slug:slug>/", public.article, name="article"),
    path("topik/<slug:kind>/<str:value>/", public.article_list, name="mark"),
    path("gambar/<slug:sha256>/<slug:size>.jpg", public.picture, name="picture"),
    path("keputusan/", public.decisions, name="decisions"),
    path("rapat/", public.meetings, name="meetings"),
    path("peta/", public.map_page, name="map"),
    path("kerja-sama/", public.agreement_list, name="agreements"),
    path("kerja-sama/<slug:slug>/", public.agreement, name="agreement"),
    path("informasi/", public.information, name="information"),
    path("berita.rss", public.rss, name="rss"),
    path("berita.atom", public.atom, name="atom"),
    path("rapat.ics", public.calendar, name="calendar"),
    path("data/", data.data, name="data"),
    path("data/kamus/", data.dictionary, name="dictionary"),
    path("data/katalog.ttl", data.turtle, name="turtle"),
    path("data/katalog.jsonld", data.jsonld, name="jsonld"),
    path("data/terbaru/<slug:name>.<slug:kind>", data.newest_file, name="newest_file"),
    path("data/<int:number>/<slug:name>.<slug:kind>", data.file, name="file"),
    path("data/tabel/<slug:name>/", data.table, name="table"),
    path("rilis/", data.release_list, name="releases"),
    path("rilis/<int:number>/", data.release, name="release"),
]
