from django.apps import AppConfig


class RegisterConfig(AppConfig):
    name = "rakorsus.stages.register"
    label = "register"
    verbose_name = "Program"
