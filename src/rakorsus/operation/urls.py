"""Addresses of the installation itself."""

from django.urls import path

from rakorsus.operation import views

urlpatterns = [
    path("sehat/", views.health, name="health"),
    path("siap/", views.readiness, name="readiness"),
    path("metrik/", views.prometheus, name="metrics"),
    path("pengaturan/keadaan/", views.status, name="status"),
    path("pengaturan/keadaan/pekerjaan/<uuid:pk>/ulang/", views.run_again, name="job_again"),
]
