"""The log of changes: all of it, and of one record."""

from django.urls import path

from rakorsus.web import audit_views

urlpatterns = [
    path("", audit_views.log, name="audit"),
    path("unduh.csv", audit_views.download, name="audit_csv"),
    path("<str:kind>/<str:object_id>/", audit_views.of_record, name="audit_record"),
]
