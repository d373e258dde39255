"""Addresses of people's pages."""

from django.urls import path

from projects import views

app_name = "projects"

urlpatterns = [
    path("", views.project_list, name="list"),
    path("sign-in/", views.sign_in, name="sign-in"),
    path("sign-in/once/<str:token>/", views.sign_in_once, name="sign-in-once"),
    path("sign-up/", views.sign_up, name="sign-up"),
    path("sign-out/", views.sign_out, name="sign-out"),
    path("account/", views.account, name="account"),
    path("account/tokens/<uuid:token_id>/delete/", views.token_delete, name="token-delete"),
]
