"""Crashes, full disks, wrong rights: what happens to the embedded PostgreSQL in a real house."""

import os
import signal
import subprocess
import tempfile
from pathlib import Path

import psycopg
import pytest

from plaza.hosting.accounts import server_account
from plaza.hosting.binaries import postgres_binaries
from plaza.hosting.cluster import Cluster, running
from plaza.hosting.errors import DiskFull, FolderNotWritable, FolderTaken
from tests.hosting.conftest import eventually, gone, rows

CITIES = "SELECT name FROM cities"
MANY = "CREATE TABLE many AS SELECT repeat('x', 900) FROM generate_series(1, 9000)"


def remember_quito(url):
    with psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE cities AS SELECT 'Quito' AS name")


@pytest.fixture
def stopped(tmp_path):
    """A folder with a database that remembers Quito; its server is stopped."""
    with running(tmp_path) as cluster:
        remember_quito(cluster.database_url())
    return tmp_path


def server_process(data, *command):
    """A process of the server's user, in its data folder or elsewhere."""
    account = server_account(data)
    other = {"user": account.uid, "group": account.gid, "extra_groups": []} if account.is_other else {}
    return subprocess.Popen(command, stdin=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=data, **other)


def test_second_start_while_the_first_runs_attaches_and_leaves_it_running(tmp_path, other_plaza):
    with running(tmp_path) as first:
        second = other_plaza(tmp_path)
        assert (first.started_here, second.started_here) == (True, False)
        assert second.url == first.database_url()

        second.end()

        assert rows(first.database_url(), "SELECT 1") == [(1,)]


def test_first_process_stops_while_a_second_uses_the_database_and_the_second_starts_it_again(tmp_path, other_plaza):
    first = other_plaza(tmp_path)
    with running(tmp_path) as second:
        remember_quito(first.url)

        first.end()

        assert eventually(lambda: second.started_here)
        assert second.database_url() == first.url
        assert rows(second.database_url(), CITIES) == [("Quito",)]
        left = second.pid
    assert gone(left)


def test_second_start_in_one_process_attaches_too(cluster):
    with running(cluster.folder) as second:
        assert (second.started_here, second.pid) == (False, None)
    assert rows(cluster.database_url(), "SELECT 1") == [(1,)]


def test_postmaster_killed_is_started_again_with_every_row(tmp_path):
    with running(tmp_path) as cluster:
        remember_quito(cluster.database_url())
        killed = cluster.pid
        os.kill(killed, signal.SIGKILL)

        assert eventually(lambda: cluster.pid != killed)
        assert rows(cluster.database_url(), CITIES) == [("Quito",)]


def test_second_start_after_the_postmaster_was_killed_waits_for_the_orphans(tmp_path, other_plaza):
    first = other_plaza(tmp_path)
    remember_quito(first.url)
    busy = psycopg.connect(first.url)
    busy.execute("SELECT 1")
    os.kill(first.server_pid, signal.SIGKILL)

    with running(tmp_path) as second:
        assert rows(second.database_url(), CITIES) == [("Quito",)]
    busy.close()


def test_parent_killed_leaves_no_server_and_the_next_start_has_every_row(tmp_path, other_plaza):
    first = other_plaza(tmp_path)
    remember_quito(first.url)

    first.kill()

    assert gone(first.server_pid)
    with running(tmp_path) as second:
        assert second.started_here
        assert rows(second.database_url(), CITIES) == [("Quito",)]


def test_start_at_once_after_the_parent_was_killed_has_every_row(tmp_path, other_plaza):
    first = other_plaza(tmp_path)
    remember_quito(first.url)
    first.kill()

    with running(tmp_path) as second:
        assert eventually(lambda: second.pid is not None)  # it may have met the old server dying
        assert rows(second.database_url(), CITIES) == [("Quito",)]


def test_stale_postmaster_pid_with_a_reused_pid_does_not_stop_the_start(stopped):
    stranger = server_process(Path("/"), "sleep", "60")
    stale = stopped / "data" / "postmaster.pid"
    stale.write_text(f"{stranger.pid}\n/proc/self/cwd\n1795488408\n5432\n\n\n\n")
    stale.chmod(0o644)

    with running(stopped) as cluster:
        assert rows(cluster.database_url(), CITIES) == [("Quito",)]

    assert stranger.poll() is None  # not our process, not ours to end
    stranger.kill()
    stranger.wait()


def test_stale_socket_lock_with_a_reused_pid_does_not_stop_the_start(stopped):
    with running(stopped) as cluster:
        lock = cluster.socket_folder / ".s.PGSQL.5432.lock"
        stranger = server_process(Path("/"), "sleep", "60")
        lines = lock.read_text().splitlines()
    lock.parent.mkdir(parents=True, exist_ok=True)
    lock.write_text("\n".join([str(stranger.pid), *lines[1:]]) + "\n")

    with running(stopped) as cluster:
        assert rows(cluster.database_url(), CITIES) == [("Quito",)]

    stranger.kill()
    stranger.wait()


def test_server_started_by_hand_on_the_folder_is_named_and_left_alone(stopped):
    account = server_account(stopped / "data")
    data = "/proc/self/cwd" if account.is_other else str(stopped / "data")
    with tempfile.TemporaryDirectory() as socket:
        account.owns(Path(socket))
        server = server_process(
            stopped / "data", postgres_binaries().program("postgres"), "-D", data,
            "-c", "listen_addresses=", "-c", f"unix_socket_directories={socket}",
        )  # fmt: skip
        assert eventually(lambda: (stopped / "data" / "postmaster.pid").exists())

        with pytest.raises(FolderTaken) as refusal:
            Cluster(stopped).start()

        assert refusal.value.values == {"folder": str(stopped), "pid": str(server.pid)}
        assert server.poll() is None
        server.send_signal(signal.SIGINT)
        assert server.wait() == 0


def test_full_disk_at_the_first_start_is_said_and_needs_no_repair(small_disk):
    folder = small_disk(24) / "postgres"
    with pytest.raises(DiskFull) as refusal:
        Cluster(folder).start()
    assert refusal.value.values == {"folder": str(folder)}

    small_disk(200)

    with running(folder) as cluster:
        assert rows(cluster.database_url(), "SELECT 1") == [(1,)]


def test_disk_that_fills_up_refuses_writes_and_goes_on_reading(small_disk):
    disk = small_disk(120)
    with running(disk / "postgres") as cluster:
        remember_quito(cluster.database_url())
        filler = fill(disk)

        with pytest.raises(psycopg.errors.DiskFull):
            rows(cluster.database_url(), MANY)
        assert rows(cluster.database_url(), CITIES) == [("Quito",)]

        filler.unlink()
        rows(cluster.database_url(), "INSERT INTO cities VALUES ('Lima') RETURNING name")
        assert rows(cluster.database_url(), CITIES) == [("Quito",), ("Lima",)]


def test_start_on_a_full_disk_is_refused_in_words_and_works_when_there_is_room(small_disk):
    disk = small_disk(120)
    with running(disk / "postgres") as cluster:
        remember_quito(cluster.database_url())
    filler = fill(disk)

    with pytest.raises(DiskFull):
        Cluster(disk / "postgres").start()

    filler.unlink()
    with running(disk / "postgres") as cluster:
        assert rows(cluster.database_url(), CITIES) == [("Quito",)]


def fill(disk):
    filler = disk / "filler"
    with filler.open("wb", buffering=0) as out:
        try:
            while True:
                out.write(b"\0" * 4096)
        except OSError:
            return filler


def test_folder_not_writable_is_said_with_what_to_do(tmp_path, python_as):
    folder = Path(tempfile.mkdtemp(prefix="plaza-test-"))  # tmp_path is closed to other users
    folder.chmod(0o755)

    done = python_as(
        """import sys; from pathlib import Path; from plaza.hosting import cluster, errors
try: cluster.Cluster(Path(sys.argv[1])).start()
except errors.FolderNotWritable as refusal: print(refusal)""",
        str(folder),
    )

    folder.rmdir()
    assert done.stdout == FolderNotWritable.msgid % {"folder": folder, "reason": "Permission denied"} + "\n"


def test_user_without_a_name_is_told_that_postgresql_needs_one(python_as):
    done = python_as(
        """from pathlib import Path; from plaza.hosting import cluster, errors
try: cluster.Cluster(Path("/tmp/plaza-test-nobody")).start()
except errors.NoUsableUser as refusal: print(refusal.values)""",
        uid=54321,
    )

    assert (done.stdout, done.stderr) == ("{'uid': '54321'}\n", "")


def test_ordinary_user_runs_the_server_as_himself(ordinary_user, python_as):
    with tempfile.TemporaryDirectory(prefix="plaza-test-") as name:
        ordinary_user.owns(Path(name))

        done = python_as(
            """import sys, psycopg; from pathlib import Path; from plaza.hosting.cluster import running
folder = Path(sys.argv[1]) / "new"
with running(folder, durable=False) as cluster, psycopg.connect(cluster.database_url()) as connection:
    print(connection.execute("SELECT current_user").fetchone(), (folder / "data").owner())""",
            name,
        )

        assert (done.stdout, done.stderr) == ("('plaza',) nobody\n", "")
