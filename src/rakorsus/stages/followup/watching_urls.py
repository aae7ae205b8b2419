"""Addresses of warnings and report cards, below /tindak-lanjut/."""

from django.urls import path

from rakorsus.stages.followup.views import cards, watching

app_name = "watching"

urlpatterns = [
    path("peringatan/", watching.inbox, name="warnings"),
    path("peringatan/<int:pk>/", watching.one, name="warning"),
    path("peringatan/<int:pk>/tanggapi/", watching.answer, name="answer"),
    path("peringatan/periksa/", watching.look, name="look"),
    path("rapor/", cards.table, name="cards"),
    path("rapor/rumus/", cards.method, name="method"),
    path("rapor/tutup/", cards.freeze, name="freeze"),
    path("rapor/<str:code>/", cards.card, name="card"),
    path("rapor/<str:code>/tanggapan/", cards.comment, name="comment"),
]
