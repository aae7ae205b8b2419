from django.apps import AppConfig


class HallConfig(AppConfig):
    name = "rakorsus.hall"
    label = "hall"
    verbose_name = "Balai"
