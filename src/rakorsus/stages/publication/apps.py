from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "rakorsus.stages.publication"
    label = "publication"
    verbose_name = "Publik"

    def ready(self) -> None:
        from rakorsus.stages.publication import rules  # noqa: F401 (rights)
        from rakorsus.stages.publication.opendata import decisions, deeds  # noqa: F401 (tables)
