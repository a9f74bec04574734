"""The version of the data: what changes it, and when."""

import psycopg
import pytest
from django.apps import apps
from django.db import connection, transaction

from plaza.core.changes import data_version, forget_old_changes, unseen, watched_tables
from plaza.core.models import DataChange
from plaza.directory.models import City
from plaza.search.models import AskedGroup


def triggers() -> set[str]:
    with connection.cursor() as cursor:
        cursor.execute("SELECT tgrelid::regclass::text FROM pg_trigger WHERE tgname = 'plaza_note_change'")
        return {name for (name,) in cursor.fetchall()}


@pytest.mark.django_db
def test_each_table_that_a_page_may_show_is_watched():
    assert triggers() == watched_tables()
    assert {"directory_city", "directory_membership", "meetings_meeting_places", "core_translation"} <= triggers()


@pytest.mark.django_db
def test_a_table_called_unseen_is_one_that_exists():
    models = {model._meta.label for model in apps.get_models()}
    packages = {config.label for config in apps.get_app_configs()}
    named = {name for _, names in unseen.items() for name in names}
    assert named - models - packages == set()


@pytest.mark.django_db
def test_many_rows_changed_in_one_transaction_are_one_change(network):
    begun = DataChange.objects.count()
    City.objects.update(admin1="Costa")
    City.objects.update(admin1="Sierra")
    network.people["Ana Ribera"].save()
    assert DataChange.objects.count() <= begun + 1


@pytest.mark.django_db
def test_a_question_that_was_asked_makes_no_page_anew(network):
    AskedGroup.objects.all().delete()
    DataChange.objects.all().delete()
    before = data_version()
    AskedGroup.objects.all().delete()
    assert data_version() == before


@pytest.mark.django_db(transaction=True)
def test_a_deed_undone_to_a_savepoint_leaves_the_version_and_the_deed_after_it_changes_it():
    before = data_version()
    with transaction.atomic():
        try:
            with transaction.atomic():
                City.objects.create(slug="a", names={"es": "A"}, is_fictional=True)
                raise RuntimeError
        except RuntimeError:
            assert data_version() == before
        City.objects.create(slug="b", names={"es": "B"}, is_fictional=True)
    assert data_version() != before


@pytest.mark.django_db(transaction=True)
def test_a_change_has_its_version_when_others_see_it_and_not_before():
    city = City.objects.create(slug="a", names={"es": "A"}, is_fictional=True)
    before = data_version()
    with psycopg.connect(**connection.get_connection_params() | {"cursor_factory": psycopg.Cursor}) as other:
        other.execute("UPDATE directory_city SET admin1 = 'Costa'")
        # Another deed begins later and ends earlier.
        City.objects.filter(pk=-1).update(admin1="nobody")
        between = data_version()
        city.refresh_from_db()
        assert (city.admin1, between != before) == ("", True)
        other.commit()
    city.refresh_from_db()
    assert (city.admin1, data_version() != between) == ("Costa", True)


@pytest.mark.django_db(transaction=True)
def test_old_changes_are_forgotten_and_the_version_never_comes_back(monkeypatch):
    monkeypatch.setattr("plaza.core.changes.KEPT_ROWS", 3)
    seen = set()
    for number in range(12):
        City.objects.create(slug=f"a{number}", names={"es": "A"}, is_fictional=True)
        seen.add(data_version())
        if number % 4 == 3:
            forget_old_changes()
            assert DataChange.objects.count() == 3
            assert data_version() not in seen
            seen.add(data_version())
    assert len(seen) == 15
