"""Signing in through the host's identity provider; only where one is configured."""

from allauth.socialaccount.providers.openid_connect import views as provider
from django.shortcuts import redirect
from django.urls import path

urlpatterns = [
    path("<str:provider_id>/", provider.login, name="openid_connect_login"),
    path("<str:provider_id>/back/", provider.callback, name="openid_connect_callback"),
    # Where django-allauth leads who has no account here, or turned back at the provider.
    path("none/sign-up/", lambda request: redirect("directory:join"), name="socialaccount_signup"),
    path("none/turned-back/", lambda request: redirect("account_login"), name="socialaccount_login_cancelled"),
    path("none/failed/", lambda request: redirect("account_login"), name="socialaccount_login_error"),
    path("none/connections/", lambda request: redirect("accounts:account"), name="socialaccount_connections"),
]
