"""Addresses of the follow-up, below /tindak-lanjut/."""

from django.urls import path

from rakorsus.stages.followup.views import feeds, letters, lists, one, rules

app_name = "followup"

urlpatterns = [
    path("", lists.index, name="index"),
    path("catat/", lists.note, name="note"),
    path("<int:pk>/", one.item, name="item"),
    path("<int:pk>/ubah/", one.amend, name="amend"),
    path("<int:pk>/bukti/", one.add_evidence, name="add_evidence"),
    path("<int:pk>/bukti/<int:file>/", one.evidence, name="evidence"),
    path("<int:pk>/selesai/", one.complete, name="complete"),
    path("<int:pk>/buka-lagi/", one.reopen, name="reopen"),
    path("<int:pk>/tidak-perlu/", one.drop, name="drop"),
    path("<int:pk>/catatan/", one.comment, name="comment"),
    path("kalender/", feeds.page, name="feeds"),
    path("kalender/<str:secret>.ics", feeds.calendar, name="calendar"),
    path("kalender/<str:secret>.atom", feeds.atom, name="atom"),
    path("surat/", letters.index, name="letters"),
    path("surat/<int:pk>/", letters.letter, name="letter"),
    path("surat/<int:pk>.<slug:ending>", letters.file, name="letter_file"),
    path("aturan/", rules.page, name="rules"),
]
