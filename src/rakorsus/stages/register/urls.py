"""Addresses of the register, below /program/."""

from django.urls import path, re_path

from rakorsus.stages.register.views import (
    history,
    lists,
    maps,
    program,
    readers,
    reference,
    sources,
)

app_name = "register"

urlpatterns = [
    path("", lists.programs, name="programs"),
    path("unduh/<slug:kind>/", lists.export, name="export"),
    path("tampilan/", lists.save_view, name="save_view"),
    path("tampilan/<slug:slug>/", lists.open_view, name="view"),
    path("tampilan/<slug:slug>/hapus/", lists.delete_view, name="delete_view"),
    path("peta/", maps.map_page, name="map"),
    path("peta.geojson", maps.map_data, name="map_data"),
    path("waktu/", maps.timeline_page, name="timeline"),
    path("waktu.json", maps.timeline_data, name="timeline_data"),
    path("versi/", history.versions, name="versions"),
    path("versi/<int:number>/", history.version, name="version"),
    path("versi/<int:number>/unduh.csv", history.export, name="version_export"),
    path("perangkat-daerah/", reference.agencies, name="agencies"),
    path("perangkat-daerah/<path:code>/", reference.agency, name="agency"),
    path("wilayah/", reference.areas, name="areas"),
    path("wilayah/<str:code>/", reference.area, name="area"),
    path("nomenklatur/", reference.nomenclature, name="nomenclature"),
    path("nomenklatur/<str:code>/", reference.code, name="code"),
    path("sasaran/", reference.targets, name="targets"),
    path("sumber/", sources.sources, name="sources"),
    path("templat.xlsx", sources.template, name="template"),
    path("ikuti/", readers.followed, name="followed"),
    path("ikuti/ubah/", readers.follow, name="follow"),
    path("ikuti/dilihat/", readers.seen, name="seen"),
    re_path(r"^(?P<key>[a-z_]+:.+)/ubah/$", program.amend, name="amend"),
    re_path(r"^(?P<key>[a-z_]+:.+)/$", program.program, name="program"),
]
