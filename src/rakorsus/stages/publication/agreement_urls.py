"""Addresses of agreements."""

from django.urls import path

from rakorsus.stages.publication.views import agreements as views

app_name = "agreements"

urlpatterns = [
    path("", views.index, name="index"),
    path("baru/", views.create, name="create"),
    path("<slug:slug>/", views.agreement, name="agreement"),
    path("<slug:slug>/naskah.<slug:ending>", views.paper, name="paper"),
    path("<slug:slug>/ubah/", views.amend, name="amend"),
    path("<slug:slug>/pihak/", views.party, name="add_party"),
    path("<slug:slug>/pihak/<int:pk>/", views.party, name="party"),
    path("<slug:slug>/tonggak/", views.milestone, name="add_milestone"),
    path("<slug:slug>/tonggak/<int:pk>/", views.milestone, name="milestone"),
    path("<slug:slug>/tonggak/<int:pk>/laporan/", views.report, name="report"),
    path("<slug:slug>/pasal/", views.clause, name="clause"),
    path("<slug:slug>/dokumen/", views.requirement, name="requirement"),
    path("<slug:slug>/tanda-tangan/", views.sign, name="sign"),
    path("<slug:slug>/akhiri/", views.end, name="end"),
]
