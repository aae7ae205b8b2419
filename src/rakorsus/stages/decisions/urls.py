"""Addresses of the decisions, below /keputusan/."""

from django.urls import path

from rakorsus.stages.decisions.views import drafting, lists, one

app_name = "decisions"

urlpatterns = [
    path("", lists.index, name="index"),
    path("baru/", drafting.create, name="create"),
    path("<int:pk>/", one.decision, name="decision"),
    path("<int:pk>/susun/", drafting.redraft, name="redraft"),
    path("<int:pk>/kata-mesin/", one.look_ahead, name="look_ahead"),
    path("<int:pk>/ambil/", one.take, name="take"),
    path("<int:pk>/lepas/", one.drop, name="drop"),
    path("<int:pk>/urungkan/", one.undo, name="undo"),
]
