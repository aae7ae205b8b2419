from django.apps import AppConfig


class DocumentsConfig(AppConfig):
    name = "rakorsus.documents"
    label = "documents"
    verbose_name = "Naskah dinas"

    def ready(self) -> None:
        from rakorsus.documents import rules  # noqa: F401 (rights)
