"""Told by tests/accounts/test_provider.py in a process of its own, for which apps are installed is decided at the start:
somebody signs in through a provider of the host's, here a small one that speaks OpenID Connect."""

import json
import sys
import threading
from http.server import BaseHTTPRequestHandler, HTTPServer
from urllib.parse import parse_qs, urlsplit

import django
import jwt

django.setup()

from django.conf import settings  # noqa: E402  after the set-up
from django.core.management import call_command  # noqa: E402
from django.test import Client  # noqa: E402
from django.urls import get_resolver  # noqa: E402

import plaza.config.urls  # noqa: E402, F401  it adds the rules of the probes
from plaza.accounts.models import User  # noqa: E402
from plaza.core.routes import rules  # noqa: E402

SAID = {"sub": "42", "email": "member@example.org", "email_verified": True, "name": "Otávio"}


class Provider(BaseHTTPRequestHandler):
    def _answer(self, document):
        body = json.dumps(document).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def do_GET(self):
        here = f"http://127.0.0.1:{self.server.server_port}"
        if self.path.startswith("/.well-known/"):
            ends = {"authorization_endpoint": "authorize", "token_endpoint": "token", "userinfo_endpoint": "userinfo"}
            self._answer(
                {"issuer": here, "jwks_uri": f"{here}/jwks", **{key: f"{here}/{end}" for key, end in ends.items()}}
            )
        else:
            self._answer(SAID)

    def do_POST(self):
        self.rfile.read(int(self.headers["Content-Length"]))
        here = f"http://127.0.0.1:{self.server.server_port}"
        token = jwt.encode({**SAID, "iss": here, "aud": "plaza", "exp": 4_000_000_000, "iat": 0}, "k" * 32)
        self._answer({"access_token": "a", "token_type": "Bearer", "id_token": token})

    def log_message(self, *said):
        pass


def comes_from_there(**answer):
    """The whole way round; the address she ends at."""
    client = Client()
    out = client.post("/pt/sign-in/provider/oidc/")
    asked = parse_qs(urlsplit(out["Location"]).query)
    back = client.get("/pt/sign-in/provider/oidc/back/", {"state": asked["state"][0], **(answer or {"code": "c"})})
    return back["Location"], "_auth_user_id" in client.session


def main():
    provider = HTTPServer(("127.0.0.1", 0), Provider)
    threading.Thread(target=provider.serve_forever, daemon=True).start()
    settings.OIDC["settings"]["server_url"] = f"http://127.0.0.1:{provider.server_port}"
    settings.STORAGES["staticfiles"]["BACKEND"] = "django.contrib.staticfiles.storage.StaticFilesStorage"
    settings.ALLOWED_HOSTS = ["testserver"]
    call_command("migrate", verbosity=0)
    answer = Client().get("/pt/sign-in/")
    page, policy = answer.content.decode(), answer["Content-Security-Policy"]
    names = {name for name in get_resolver().reverse_dict if isinstance(name, str)}
    told = {
        "button": "Acme ID" in page and 'action="/pt/sign-in/provider/oidc/"' in page,
        "policy": "form-action 'self' https://id.example.org" in policy,
        "without a rule": sorted(name for name in names if name not in rules),
        "a stranger": comes_from_there(),
        "accounts": User.objects.count(),
        "turned back": comes_from_there(error="server_error"),
    }
    User.objects.create_user("member@example.org", None, name="Otávio")
    told["a member"] = comes_from_there()
    SAID["email_verified"], SAID["sub"] = False, "43"
    told["an address nobody verified"] = comes_from_there()
    json.dump(told, sys.stdout)


main()
