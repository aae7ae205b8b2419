from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    name = "rakorsus.stages.decisions"
    label = "decisions"
    verbose_name = "Keputusan"
