from django.apps import AppConfig


class PublicationConfig(AppConfig):
    name = "rakorsus.stages.publication"
    label = "publication"
    verbose_name = "Publik"

    def ready(self) -> None:
        from rakorsus.stages.publication import rules  # noqa: F401 (rights)
        from rakorsus.stages.publication.opendata import cards, decisions, deeds  # noqa: F401
        from rakorsus.stages.publication.veil import PANEL, VEIL
        from rakorsus.stages.register import panels

        panels.set_veil(VEIL)
        panels.add_panel(PANEL)
