from django.apps import AppConfig


class OperationConfig(AppConfig):
    name = "rakorsus.operation"
    label = "operation"
    verbose_name = "Keadaan sistem"

    def ready(self) -> None:
        from rakorsus.operation import rules  # noqa: F401 (rights)
