from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "rakorsus.stages.publication"
    label = "publication"
    verbose_name = "Publik"
