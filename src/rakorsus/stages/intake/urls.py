"""Addresses of the import stage, below /impor/."""

from django.urls import path

from rakorsus.stages.intake.views import batches, files, mapping, rows

app_name = "intake"

urlpatterns = [
    path("", batches.index, name="index"),
    path("pemetaan/", mapping.listed, name="mappings"),
    path("pemetaan/<int:pk>/hapus/", mapping.delete, name="delete_mapping"),
    path("berkas/<int:pk>/", files.file, name="file"),
    path("berkas/<int:pk>/pemetaan/", mapping.edit, name="map"),
    path("berkas/<int:pk>/disisihkan.xlsx", rows.download, name="set_aside"),
    path("berkas/<int:pk>/perbaikan/", rows.correct, name="correct"),
    path("<uuid:uuid>/", batches.batch, name="batch"),
    path("<uuid:uuid>/batal/", batches.stop, name="stop"),
    path("<uuid:uuid>/ulang/", batches.again, name="again"),
    path("<uuid:uuid>/baris/", rows.rows, name="rows"),
    path("<uuid:uuid>/abaikan/", rows.dismiss, name="dismiss"),
]
