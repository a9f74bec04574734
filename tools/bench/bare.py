"""The yardstick: a bare Django that answers a page of 10 KB, alone (`/`) or with one row read first (`/row/`).

With what `django-admin startproject` puts before a view and no more; a connection that stays open; served by the same
program with as many workers and threads.
"""

import os
from typing import Any

from django.conf import settings

if not settings.configured:
    from urllib.parse import parse_qsl, unquote, urlsplit

    _parts = urlsplit(os.environ["DATABASE_URL"])
    settings.configure(
        SECRET_KEY="bare",
        ALLOWED_HOSTS=["*"],
        ROOT_URLCONF="tools.bench.bare",
        INSTALLED_APPS=["django.contrib.contenttypes", "django.contrib.auth", "django.contrib.sessions"],
        MIDDLEWARE=[
            "django.middleware.security.SecurityMiddleware",
            "django.contrib.sessions.middleware.SessionMiddleware",
            "django.middleware.common.CommonMiddleware",
            "django.middleware.csrf.CsrfViewMiddleware",
            "django.contrib.auth.middleware.AuthenticationMiddleware",
            "django.contrib.messages.middleware.MessageMiddleware",
            "django.middleware.clickjacking.XFrameOptionsMiddleware",
        ],
        MESSAGE_STORAGE="django.contrib.messages.storage.cookie.CookieStorage",
        TEMPLATES=[
            {
                "BACKEND": "django.template.backends.django.DjangoTemplates",
                "OPTIONS": {
                    "loaders": [
                        ("django.template.loaders.locmem.Loader", {"page": "{{ word }}" + "<p>ciudad</p>\n" * 700})
                    ]
                },
            }
        ],
        DATABASES={
            "default": {
                "ENGINE": "django.db.backends.postgresql",
                "NAME": unquote(_parts.path.lstrip("/")),
                "USER": unquote(_parts.username or ""),
                "PASSWORD": unquote(_parts.password or ""),
                "HOST": dict(parse_qsl(_parts.query)).get("host", _parts.hostname),
                "PORT": str(dict(parse_qsl(_parts.query)).get("port", _parts.port or "")),
                "CONN_MAX_AGE": None,
            }
        },
    )

from django.core.wsgi import get_wsgi_application
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path


def page(request: HttpRequest) -> HttpResponse:
    return render(request, "page", {"word": "a"})


def page_with_a_row(request: HttpRequest) -> HttpResponse:
    with connection.cursor() as cursor:
        cursor.execute("SELECT slug FROM meetings_meeting WHERE id = %s", [1])
        row: Any = cursor.fetchone()
    return render(request, "page", {"word": row})


urlpatterns = [path("", page), path("row/", page_with_a_row)]
application = get_wsgi_application()
