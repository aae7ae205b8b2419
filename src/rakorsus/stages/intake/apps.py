from django.apps import AppConfig


class IntakeConfig(AppConfig):
    name = "rakorsus.stages.intake"
    label = "intake"
    verbose_name = "Impor"
