"""Where else one may sign in: an identity provider of the host's (OpenID Connect)."""

from dataclasses import dataclass

from django.conf import settings
from django.urls import reverse


@dataclass(frozen=True, slots=True)
class Provider:
    name: str
    url: str


def providers() -> list[Provider]:
    if not settings.OIDC:
        return []
    return [Provider(settings.OIDC["name"], reverse("openid_connect_login", args=[settings.OIDC["provider_id"]]))]
