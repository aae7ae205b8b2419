"""Addresses of the hall, below /balai/."""

from django.urls import path

from rakorsus.hall.views import acts, booths, city, record, scene, stage, tables

app_name = "hall"

urlpatterns = [
    path("", stage.corridor, name="corridor"),
    path("gerai/<int:agency>/", booths.booth, name="booth"),
    path("permintaan/<int:pk>/", booths.answer, name="answer_sync"),
    path("meja-kota/", city.table, name="city"),
    path("meja-kota/program/<int:program>/", city.draft, name="draft"),
    path("meja-kota/percobaan/<int:pk>/", city.drafted, name="drafted"),
    path("<int:pk>/", stage.stage, name="stage"),
    path("<int:pk>/isi/", stage.stage_live, name="stage_live"),
    path("<int:pk>/meja/", tables.tables, name="tables"),
    path("<int:pk>/meja/<int:item>/", tables.table, name="table"),
    path("<int:pk>/tonton/", stage.watch, name="watch"),
    path("<int:pk>/tonton/isi/", stage.watch_live, name="watch_live"),
    path("<int:pk>/rekaman/", record.recording, name="recording"),
    path("<int:pk>/rekaman.json", record.recording_json, name="recording_json"),
    path("<int:pk>/perbandingan/", record.compared, name="compared"),
    path("<int:pk>/atur/", record.save, name="save"),
    path("<int:pk>/karcis/", acts.ticket, name="ticket"),
    path("<int:pk>/tindakan/", acts.act, name="act"),
    path("<int:pk>/keadaan/", acts.state, name="state"),
    path("<int:pk>/ruang/", scene.room, name="room"),
    path("<int:pk>/denah/", scene.plan, name="plan"),
    path("<int:pk>/pemandangan.json", scene.data, name="scene"),
    path("<int:pk>/meja-kota/coba/", city.shift, name="try"),
]
