"""The doors that django-allauth knows by name; no others of its pages are open."""

from allauth.account.views import logout
from django.conf import settings
from django.urls import URLPattern, URLResolver, include, path
from django.views.decorators.http import require_POST
from django.views.generic import RedirectView

from plaza.accounts import views

urlpatterns: list[URLPattern | URLResolver] = [
    path("sign-in/", views.SignIn.as_view(), name="account_login"),
    path("sign-in/code/", views.AskCode.as_view(), name="account_request_login_code"),
    path("sign-in/code/type/", views.TypeCode.as_view(), name="account_confirm_login_code"),
    path("sign-in/closed/", views.closed, name="account_inactive"),
    path("sign-up/", RedirectView.as_view(pattern_name="directory:join"), name="account_signup"),
    path("sign-out/", require_POST(logout), name="account_logout"),
]
if settings.OIDC:
    urlpatterns.append(path("sign-in/provider/", include("plaza.accounts.provider_urls")))
