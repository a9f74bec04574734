"""`plaza serve` as a host runs it: it serves, it is alone on its folder, it leaves nothing behind."""

import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.request
from contextlib import contextmanager

import psutil
import pytest

from tests.cli.conftest import AS_A_HOST

pytestmark = pytest.mark.xdist_group("installation")
LONGEST_SECONDS = 90


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


@contextmanager
def served(folder):
    """A running installation on a folder: (process, port, its environment)."""
    port = free_port()
    environment = {**os.environ, **AS_A_HOST, "PLAZA_VAR": str(folder)}
    del environment["DATABASE_URL"]
    with folder.with_name("said").open("wb") as said:
        process = subprocess.Popen(
            [sys.executable, "-m", "plaza.cli", "serve", "--port", str(port)],
            env=environment,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )
    until(lambda: answers(port) or process.poll() is not None)
    assert process.poll() is None, folder.with_name("said").read_text()
    yield process, port, environment
    if process.poll() is None:
        process.send_signal(signal.SIGINT)
        process.wait(LONGEST_SECONDS)


@pytest.fixture
def serving(installation):
    with served(installation) as running:
        yield running


@pytest.fixture(scope="module")
def serving_on(furnished, tmp_path_factory):
    """For the tests which do it no harm."""
    folder = tmp_path_factory.mktemp("serving") / "var"
    with served(shutil.copytree(furnished, folder, symlinks=True)) as running:
        yield running


def answers(port: int) -> bool:
    try:
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/es/", timeout=5) as page:
            return page.status == 200
    except OSError:
        return False


def until(is_so, seconds: float = LONGEST_SECONDS) -> bool:
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        if is_so():
            return True
        time.sleep(0.1)
    return is_so()


def family(process) -> list[psutil.Process]:
    return psutil.Process(process.pid).children(recursive=True)


def ended(processes) -> bool:
    return all(map(has_ended, processes))


def has_ended(process: psutil.Process) -> bool:
    try:
        return not process.is_running() or process.status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:  # between the two looks
        return True


def test_ctrl_c_ends_everything_it_started(serving):
    process, port, _ = serving
    children = family(process)

    os.killpg(process.pid, signal.SIGINT)

    assert process.wait(LONGEST_SECONDS) == 0
    assert until(lambda: ended(children), 10)
    assert not answers(port)


def test_a_killed_installation_leaves_no_process_and_starts_again(serving):
    process, port, environment = serving
    children = family(process)

    process.kill()
    process.wait()

    assert until(lambda: ended(children), 30)
    again = subprocess.Popen(
        [sys.executable, "-m", "plaza.cli", "serve", "--port", str(port)],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert until(lambda: answers(port))
    finally:
        again.send_signal(signal.SIGINT)
        again.wait(LONGEST_SECONDS)


def test_a_second_start_on_the_same_folder_is_refused_with_the_address(serving_on):
    _, port, environment = serving_on

    second = subprocess.run(
        [sys.executable, "-m", "plaza.cli", "serve", "--port", str(free_port())],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )

    assert second.returncode == 1
    assert f"already, at http://127.0.0.1:{port}: stop it first" in second.stderr
    assert answers(port)


def test_a_short_command_works_beside_a_running_installation(serving_on):
    _, port, environment = serving_on

    checked = subprocess.run(
        [sys.executable, "-m", "plaza.cli", "check"],
        env=environment,
        capture_output=True,
        text=True,
        timeout=LONGEST_SECONDS,
        check=False,
    )

    assert checked.returncode == 0, checked.stderr
    assert "✗" not in checked.stdout
    assert answers(port)


def test_a_site_whose_only_name_is_its_own_has_a_worker_too(installation):
    """The probe asks for 127.0.0.1, which is answered with 400 here."""
    environment = {**os.environ, **AS_A_HOST, "PLAZA_VAR": str(installation), "ALLOWED_HOSTS": "ciudades.example.org"}
    del environment["DATABASE_URL"]
    process = subprocess.Popen(
        [sys.executable, "-m", "plaza.cli", "serve", "--port", str(free_port())],
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        assert until(lambda: any("work" in words(child) for child in family(process)), 60)
    finally:
        process.send_signal(signal.SIGINT)
        process.wait(LONGEST_SECONDS)


def words(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except psutil.Error:
        return []
