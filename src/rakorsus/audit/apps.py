from django.apps import AppConfig


class AuditConfig(AppConfig):
    name = "rakorsus.audit"
    label = "audit"
    verbose_name = "Jejak audit"
