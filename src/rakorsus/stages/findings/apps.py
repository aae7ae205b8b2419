from django.apps import AppConfig


class FindingsConfig(AppConfig):
    name = "rakorsus.stages.findings"
    label = "findings"
    verbose_name = "Temuan"
