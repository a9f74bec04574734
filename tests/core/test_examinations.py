import psycopg
import pytest
from django.db import connection

from plaza.core import examinations
from plaza.core.health import examine
from plaza.core.jobs import worker_name

pytestmark = pytest.mark.django_db


def test_a_sound_installation_has_nothing_broken():
    assert [finding for finding in examine() if finding.verdict == "broken"] == []


def test_every_fault_comes_with_what_to_do():
    assert [finding.subject for finding in examine() if finding.verdict != "sound" and not finding.mend] == []


def test_the_tests_do_not_connect_as_a_superuser():
    assert "database role" not in [finding.subject for finding in examinations.examine_database()]


@pytest.mark.parametrize(("version", "verdict"), [("0.8.6", "sound"), ("0.7.4", "broken"), (None, "broken")])
def test_pgvector_must_be_there_and_new_enough(version, verdict):
    assert examinations._examined_pgvector(version).verdict == verdict


def test_a_disk_that_fills_up_is_warned_of(monkeypatch):
    monkeypatch.setattr(examinations, "LEAST_FREE_BYTES", 10**18)

    assert examinations.examine_disk()[0].verdict == "warning"


def test_a_killed_worker_is_not_among_the_living():
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        cursor.execute("INSERT INTO procrastinate_workers (last_heartbeat) VALUES (now() - interval '2 minutes')")

    with _session(alive := worker_name()), _session(alive):
        assert examinations.living_workers() == 1


def _session(name):
    """As the process of that name has it."""
    at = connection.get_connection_params()
    return psycopg.connect(
        **{key: at[key] for key in ("host", "port", "user", "password", "dbname") if key in at}, application_name=name
    )
