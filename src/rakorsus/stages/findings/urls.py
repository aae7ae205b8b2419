"""Addresses of the findings, below /temuan/."""

from django.urls import path

from rakorsus.stages.findings.views import (
    asking,
    coordinate,
    inbox,
    learning,
    one,
    overview,
    rule,
    tuning,
    why,
)

app_name = "findings"

urlpatterns = [
    path("", inbox.inbox, name="inbox"),
    path("jawab/", inbox.answer_many, name="answer_many"),
    path("unduh/<slug:kind>/", inbox.export, name="export"),
    path("matriks/", overview.matrix, name="matrix"),
    path("wajar/", overview.expected, name="expected"),
    path("pertanyaan/", overview.questions, name="questions"),
    path("pertanyaan/anda/", asking.page, name="question"),
    path("analisis/", coordinate.runs, name="runs"),
    path("analisis/jalankan/", coordinate.run_now, name="run_now"),
    path("aturan/", tuning.page, name="rules"),
    path("aturan/coba/<int:pk>/", tuning.trial, name="trial"),
    path("aturan/coba/<int:pk>/<slug:what>/", tuning.decide, name="decide"),
    path("pelajaran/", learning.page, name="learning"),
    path("pelajaran/kata/", learning.word, name="word"),
    path("pelajaran/ambil/", learning.take, name="take"),
    path("pelajaran/ambil/<int:pk>/kembalikan/", learning.give_back, name="give_back"),
    path("pelajaran/lupakan/", learning.forget, name="forget"),
    path("pelajaran/unduh/", learning.export, name="export_learning"),
    path("mengapa/", why.page, name="why"),
    path("aturan/<str:name>/", rule.rule, name="rule"),
    path("<int:pk>/", one.finding, name="finding"),
    path("<int:pk>/jawab/", one.answer, name="answer"),
    path("<int:pk>/tanggapan/", one.comment, name="comment"),
    path("<int:pk>/usulan/", one.propose, name="propose"),
    path("<int:pk>/lengkapi/", one.complete, name="complete"),
    path("<int:pk>/jadikan/", coordinate.want, name="want"),
    path("tanggapan/<int:pk>/", one.change_comment, name="change_comment"),
    path("usulan/<int:pk>/<slug:what>/", one.settlement, name="settlement"),
]
