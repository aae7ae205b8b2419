from django.apps import AppConfig


class WebConfig(AppConfig):
    name = "rakorsus.web"
    label = "web"
