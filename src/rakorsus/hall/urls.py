"""Addresses of the hall, below /balai/."""

from django.urls import path

from rakorsus.hall.views import acts, redating, scene

app_name = "hall"

urlpatterns = [
    path("<int:pk>/karcis/", acts.ticket, name="ticket"),
    path("<int:pk>/tindakan/", acts.act, name="act"),
    path("<int:pk>/keadaan/", acts.state, name="state"),
    path("<int:pk>/ruang/", scene.room, name="room"),
    path("<int:pk>/denah/", scene.plan, name="plan"),
    path("<int:pk>/pemandangan.json", scene.data, name="scene"),
    path("<int:pk>/meja-kota/coba/", redating.draft, name="try"),
]
