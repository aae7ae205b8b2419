"""Addresses of the hall, below /balai/."""

from django.urls import path

from rakorsus.hall.views import acts

app_name = "hall"

urlpatterns = [
    path("<int:pk>/karcis/", acts.ticket, name="ticket"),
    path("<int:pk>/tindakan/", acts.act, name="act"),
    path("<int:pk>/keadaan/", acts.state, name="state"),
]
