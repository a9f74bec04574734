import os
import shutil
import stat

import psycopg
import pytest

from plaza.hosting.cluster import Cluster, running
from plaza.hosting.errors import DidNotStart, NotADatabase, OtherVersion, PasswordLost
from tests.hosting.conftest import gone, rows

# Its server is started in one process only.
pytestmark = pytest.mark.xdist_group("hosting cluster")

RIGHTS = """SELECT rolname, rolsuper, rolbypassrls, rolcreatedb, rolcreaterole
              FROM pg_roles WHERE rolname = current_user"""


def test_application_connects_as_an_owner_who_is_no_superuser(cluster):
    assert rows(cluster.database_url(), RIGHTS) == [("plaza", False, False, True, False)]
    assert rows(cluster.superuser_url(), RIGHTS) == [("postgres", True, True, True, True)]


def test_database_made_by_the_owner_role_has_the_extensions(database):
    found = rows(database, "SELECT extname FROM pg_extension ORDER BY extname")

    assert found == [("pg_trgm",), ("plpgsql",), ("unaccent",), ("vector",)]


def test_server_listens_on_no_network_and_sorts_the_same_everywhere(cluster):
    asked = """SELECT current_setting('listen_addresses'), datlocprovider, datlocale
                 FROM pg_database WHERE datname = current_database()"""

    assert rows(cluster.database_url(), asked) == [("", "b", "C.UTF-8")]


def test_durable_server_syncs_and_a_test_server_does_not(cluster, tmp_path):
    asked = """SELECT current_setting('fsync'), current_setting('synchronous_commit'),
                      current_setting('full_page_writes')"""

    with running(tmp_path / "durable") as durable:
        assert rows(durable.database_url(), asked) == [("on", "on", "on")]
    assert rows(cluster.database_url(), asked) == [("off", "off", "off")]


def test_password_is_asked_for_and_kept_for_our_eyes_only(cluster):
    kept = cluster.folder / "plaza.password"

    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    assert kept.read_text() in cluster.database_url()
    with pytest.raises(psycopg.OperationalError, match="password authentication failed"):
        psycopg.connect(cluster.database_url().replace(kept.read_text(), "guess"))


def test_rows_survive_a_stop_and_a_start(tmp_path):
    cluster = Cluster(tmp_path / "kept", durable=False)
    cluster.start()
    with psycopg.connect(cluster.database_url()) as connection:
        connection.execute("CREATE TABLE cities AS SELECT 'Quito' AS name")
    first = cluster.pid
    cluster.stop()
    assert gone(first)

    cluster.start()

    assert rows(cluster.database_url(), "SELECT name FROM cities") == [("Quito",)]
    cluster.stop()


def test_half_initialised_database_is_removed_and_made_again(tmp_path):
    half = tmp_path / "data.new"
    (half / "base").mkdir(parents=True)
    (half / "PG_VERSION").write_text("18\n")

    with running(tmp_path, durable=False) as cluster:
        assert rows(cluster.database_url(), "SELECT current_database()") == [("plaza",)]
    assert not half.exists()


def test_folder_with_other_files_is_left_alone(tmp_path):
    (tmp_path / "data").mkdir()
    (tmp_path / "data" / "letters.txt").write_text("dear mayor")

    with pytest.raises(NotADatabase) as refusal:
        Cluster(tmp_path).start()

    assert refusal.value.values == {"folder": str(tmp_path / "data")}
    assert (tmp_path / "data" / "letters.txt").read_text() == "dear mayor"


def test_data_of_another_postgresql_are_refused_in_words(tmp_path):
    with running(tmp_path, durable=False):
        pass
    (tmp_path / "data" / "PG_VERSION").write_text("15\n")

    with pytest.raises(OtherVersion) as refusal:
        Cluster(tmp_path).start()

    assert refusal.value.values == {"folder": str(tmp_path / "data"), "found": "15", "ours": "18.6.3"}
    assert str(refusal.value) == refusal.value.msgid % refusal.value.values


def test_damaged_data_end_the_start_with_the_words_of_the_log(tmp_path):
    with running(tmp_path, durable=False):
        pass
    (tmp_path / "data" / "global" / "pg_control").write_bytes(b"\0" * 8192)

    with pytest.raises(DidNotStart) as refusal:
        Cluster(tmp_path).start()

    assert "database files are incompatible with server" in refusal.value.values["log"]


def test_owner_password_lost_is_made_anew_but_the_superusers_is_not(tmp_path):
    with running(tmp_path, durable=False):
        pass

    (tmp_path / "plaza.password").unlink()
    with running(tmp_path, durable=False) as cluster:
        assert rows(cluster.database_url(), "SELECT 1") == [(1,)]

    (tmp_path / "plaza.password").unlink()
    (tmp_path / "postgres.password").unlink()
    with pytest.raises(PasswordLost) as refusal:
        Cluster(tmp_path, durable=False).start()
    assert refusal.value.values == {"file": str(tmp_path / "postgres.password")}


def test_long_path_gets_a_short_private_socket_that_is_removed_again(tmp_path):
    deep = tmp_path / ("a-city-with-a-long-name-" * 5)

    with running(deep, durable=False) as cluster:
        assert rows(cluster.database_url(), "SELECT 1") == [(1,)]
        short = (deep / "elsewhere").read_text().splitlines()[0]
        assert os.path.isdir(short)

    assert not os.path.exists(short)


def test_short_folder_laid_out_by_somebody_else_is_not_used(tmp_path, ordinary_user):
    deep = tmp_path / ("a-city-with-a-long-name-" * 5)
    with running(deep, durable=False) as cluster:
        usual = cluster.socket_folder.parent
    usual.mkdir()
    ordinary_user.owns(usual)

    with running(deep, durable=False) as cluster:
        assert cluster.socket_folder.parent not in (usual, deep)
        assert rows(cluster.database_url(), "SELECT 1") == [(1,)]

    usual.rmdir()


def test_plain_copy_of_a_folder_works_and_does_not_reach_the_original(tmp_path):
    deep, copy = (tmp_path / (name + "-of-a-city-with-a-long-name" * 4) for name in ("folder", "copy"))
    with running(deep, durable=False) as cluster, psycopg.connect(cluster.database_url()) as connection:
        connection.execute("CREATE TABLE cities AS SELECT 'Quito' AS name")
    shutil.copytree(deep, copy)

    with running(deep, durable=False) as one, running(copy, durable=False) as two:
        assert (one.started_here, two.started_here) == (True, True)
        assert one.database_url() != two.database_url()
        assert rows(two.database_url(), "SELECT name FROM cities") == [("Quito",)]
