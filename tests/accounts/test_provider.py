"""An identity provider of the host's: it is there where it is configured, and only there."""

import json
import os
import subprocess
import sys
from pathlib import Path

import psycopg
import pytest
from django.urls import get_resolver

from tests import migrated

ROOT = Path(__file__).resolve().parents[2]
SCRATCH = "plaza_oidc_story"


@pytest.fixture
def scratch():
    """A database of its own: with a provider there are tables which the tests' database has not."""
    url = os.environ["DATABASE_URL"]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(f"DROP DATABASE IF EXISTS {SCRATCH}")
        connection.execute(f"CREATE DATABASE {SCRATCH} TEMPLATE {migrated.template()}")
        yield migrated.beside(url, SCRATCH)
        try:
            # Ends the database's own housekeeping, which force may not: that belongs to another role.
            connection.execute(f"DROP DATABASE {SCRATCH}")
        except psycopg.errors.ObjectInUse:
            connection.execute(f"DROP DATABASE {SCRATCH} WITH (FORCE)")


def test_whoever_has_an_account_signs_in_through_the_provider_and_nobody_gets_one_by_it(scratch):
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-m", "tests.accounts.oidc_story"],
        cwd=ROOT,
        env={
            **os.environ,
            "DATABASE_URL": scratch,
            "DJANGO_SETTINGS_MODULE": "plaza.config.settings",
            "PLAZA_OIDC_ISSUER": "https://id.example.org/",
            "PLAZA_OIDC_CLIENT": "plaza",
            "PLAZA_OIDC_SECRET": "secret",
            "PLAZA_OIDC_NAME": "Acme ID",
        },
        capture_output=True,
        text=True,
        check=False,
    )

    assert done.returncode == 0, done.stderr[-3000:]
    assert json.loads(done.stdout) == {
        "button": True,
        "policy": True,
        "without a rule": [],
        "a stranger": ["/pt/join/", False],
        "accounts": 0,
        "turned back": ["/pt/sign-in/", False],
        "a member": ["/pt/", True],
        "an address nobody verified": ["/pt/join/", False],
    }


def test_without_a_provider_there_is_neither_button_nor_door(network, client):
    assert "provider" not in client.get("/pt/sign-in/").text
    assert [name for name in get_resolver().reverse_dict if str(name).startswith(("openid", "social"))] == []
