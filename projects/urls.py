"""Addresses of pages about people and the list of their apps."""

from django.contrib.auth.views import LogoutView
from django.urls import path

from projects import views

app_name = "projects"
urlpatterns = [
    path("", views.project_list, name="list"),
    path("sign-in/", views.SignIn.as_view(), name="sign-in"),
    path("sign-in/once/<str:token>/", views.sign_in_once, name="sign-in-once"),
    path("sign-out/", LogoutView.as_view(), name="sign-out"),
    path("sign-up/", views.sign_up, name="sign-up"),
    path("account/", views.account, name="account"),
    path("account/keys/", views.set_key, name="set-key"),
    path("account/keys/<uuid:key_id>/remove/", views.remove_key, name="remove-key"),
    path("account/password/", views.change_password, name="change-password"),
    path("account/tokens/<uuid:token_id>/revoke/", views.revoke_token, name="revoke-token"),
]
