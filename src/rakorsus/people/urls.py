"""Settings: people, roles, agencies, delegation, rights, one's own profile."""

from django.urls import path

from rakorsus.people import views, views_keys

urlpatterns = [
    path("", views.overview, name="settings"),
    path("profil/", views.profile, name="profile"),
    path("orang/", views.people, name="people"),
    path("orang/baru/", views.add_person, name="person_add"),
    path("orang/<int:pk>/", views.person, name="person"),
    path("orang/<int:pk>/peran/", views.grant_role, name="person_grant"),
    path("orang/<int:pk>/akun/", views.account_state, name="person_state"),
    path("peran/<int:pk>/cabut/", views.take_back_role, name="role_take_back"),
    path("perangkat-daerah/", views.agencies, name="settings_agencies"),
    path("perangkat-daerah/<int:pk>/", views.agency, name="settings_agency"),
    path("kunci-api/", views_keys.index, name="api_keys"),
    path("kunci-api/<int:pk>/cabut/", views_keys.revoke, name="api_key_revoke"),
    path("kuasa/", views.delegations, name="delegations"),
    path("kuasa/<int:pk>/akhiri/", views.end_delegation, name="delegation_end"),
]
