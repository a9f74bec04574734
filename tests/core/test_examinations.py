import pytest

from plaza.core import examinations
from plaza.core.health import examine

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
