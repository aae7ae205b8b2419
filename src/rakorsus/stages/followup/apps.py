from django.apps import AppConfig


class FollowupConfig(AppConfig):
    name = "rakorsus.stages.followup"
    label = "followup"
    verbose_name = "Tindak lanjut"
