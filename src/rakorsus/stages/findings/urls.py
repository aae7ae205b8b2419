"""Addresses of the findings, below /temuan/."""

app_name = "findings"
urlpatterns: list[object] = []
