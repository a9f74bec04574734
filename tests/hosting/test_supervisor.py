"""Each story runs a supervisor in a process of its own, because it listens to signals."""

import signal
import subprocess
import sys

import pytest

from tests.hosting.conftest import ROOT, alive, eventually, gone

# A child notes its process id, so that the test can see each start of it.
NOTE = 'echo $$ >> "$0"; '
STAYS = NOTE + "exec sleep 600"
IGNORES_SIGTERM = "trap '' TERM; " + NOTE + "while true; do sleep 0.1; done"
HAS_A_CHILD = "sleep 600 & echo $! >> $0; wait"
PROGRAM = """
import logging, pathlib, signal, sys
from plaza.hosting.supervisor import Child, Supervisor
logging.basicConfig(format="%(message)s")
signal.signal(signal.SIGHUP, signal.SIG_DFL)  # the run of the tests may itself have been started by nohup
notes = pathlib.Path(sys.argv[1])
def child(name, script, **more):
    return Child(name, ["sh", "-c", script, str(notes / name)], **more)
sys.exit(Supervisor([{children}], when_ready=lambda: print("ready", flush=True)).run())
"""


class Supervised:
    def __init__(self, folder, children):
        self.folder = folder
        self.process = subprocess.Popen(
            [sys.executable, "-c", PROGRAM.replace("{children}", children), str(folder)],
            cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True,
        )  # fmt: skip

    def pids(self, name):
        note = self.folder / name
        return [int(line) for line in note.read_text().split()] if note.is_file() else []

    def pid(self, name, start=1):
        """The process id of a child at its first, second … start."""
        assert eventually(lambda: len(self.pids(name)) >= start)
        return self.pids(name)[start - 1]

    def end(self, number=signal.SIGTERM):
        self.process.send_signal(number)
        return self.process.wait()


@pytest.fixture
def supervise(tmp_path):
    made = []

    def start(children):
        made.append(Supervised(tmp_path, children))
        return made[-1]

    yield start
    for supervised in made:
        if supervised.process.poll() is None:
            supervised.end()
        supervised.process.communicate()


def test_child_that_dies_is_started_again_and_the_other_stays(supervise):
    supervised = supervise(f"child('web', {STAYS!r}), child('worker', {STAYS!r})")
    web, worker = supervised.pid("web"), supervised.pid("worker")

    subprocess.run(["kill", "-9", str(web)], check=True)

    again = supervised.pid("web", start=2)
    assert (alive(again), alive(worker)) == (True, True)
    assert supervised.pids("worker") == [worker]
    assert supervised.end() == 0
    assert supervised.process.stderr.read() == "web ended with status 137; it starts again in 0.5 s\n"


def test_child_that_keeps_ending_is_started_after_longer_and_longer_pauses(supervise):
    supervised = supervise(f"child('web', {NOTE + 'exit 3'!r})")

    supervised.pid("web", start=3)

    supervised.end()
    assert supervised.process.stderr.read().splitlines()[:2] == [
        "web ended with status 3; it starts again in 0.5 s",
        "web ended with status 3; it starts again in 1.0 s",
    ]


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT, signal.SIGHUP])
def test_signal_to_stop_ends_every_child_and_returns_zero(supervise, number):
    supervised = supervise(f"child('web', {STAYS!r}), child('worker', {STAYS!r})")
    pids = [supervised.pid("web"), supervised.pid("worker")]

    assert supervised.end(number) == 0

    assert [alive(pid) for pid in pids] == [False, False]


def test_child_is_stopped_with_the_signal_it_asked_for(supervise):
    gentle = "trap 'echo bye >> $0.said; exit 0' USR1; " + NOTE + "while true; do sleep 0.1; done"
    supervised = supervise(f"child('web', {gentle!r}, stop_signal=signal.SIGUSR1)")
    supervised.pid("web")

    assert supervised.end() == 0

    assert (supervised.folder / "web.said").read_text() == "bye\n"


def test_child_that_ignores_sigterm_is_killed_after_its_grace(supervise):
    supervised = supervise(f"child('web', {IGNORES_SIGTERM!r}, grace_seconds=0.5)")
    pid = supervised.pid("web")

    assert supervised.end() == 0

    assert not alive(pid)


def test_second_signal_to_stop_cuts_the_grace_short(supervise):
    supervised = supervise(f"child('web', {IGNORES_SIGTERM!r}, grace_seconds=600)")
    pid = supervised.pid("web")
    supervised.process.send_signal(signal.SIGINT)
    assert not eventually(lambda: not alive(pid), seconds=0.5)

    assert supervised.end(signal.SIGINT) == 0

    assert not alive(pid)


def test_child_of_a_child_ends_when_the_child_dies(supervise):
    supervised = supervise(f"child('web', {HAS_A_CHILD!r}, grace_seconds=0.5)")
    grandchild = supervised.pid("web")
    parent = int(subprocess.check_output(["ps", "-o", "ppid=", "-p", str(grandchild)]))

    subprocess.run(["kill", "-9", str(parent)], check=True)

    assert gone(grandchild)
    assert supervised.pid("web", start=2) != grandchild


def test_supervisor_killed_leaves_no_process(supervise):
    supervised = supervise(
        f"child('web', {STAYS!r}), child('family', {HAS_A_CHILD!r}),"
        f"child('stubborn', {IGNORES_SIGTERM!r}, grace_seconds=0.5)"
    )
    pids = [supervised.pid(name) for name in ("web", "family", "stubborn")]
    guardian = int(subprocess.check_output(["pgrep", "-f", "guardian.py", "-P", str(supervised.process.pid)]))

    supervised.process.kill()

    assert [gone(pid) for pid in [*pids, guardian]] == [True, True, True, True]


def test_child_waits_for_the_one_before_it_to_be_ready(supervise):
    supervised = supervise(
        f"child('database', {STAYS!r}, ready=lambda: (notes / 'open').exists()), child('web', {STAYS!r})"
    )
    supervised.pid("database")
    assert not eventually(lambda: supervised.pids("web"), seconds=0.5)

    (supervised.folder / "open").touch()

    assert alive(supervised.pid("web"))
    assert supervised.process.stdout.readline() == "ready\n"


def test_supervisor_returns_the_status_of_children_that_are_to_run_once(supervise):
    supervised = supervise("child('load', 'exit 0', restart=False), child('index', 'exit 7', restart=False)")

    assert supervised.process.wait() == 7


def test_child_whose_program_is_missing_says_so(supervise):
    supervised = supervise("Child('web', ['/no/such/program'], restart=False)")

    assert supervised.process.wait() == 127
    assert supervised.process.stderr.read() == "/no/such/program: No such file or directory\n"


def test_child_writes_to_its_own_log_and_a_long_log_is_put_aside(supervise, tmp_path):
    log = tmp_path / "log" / "web.log"
    log.parent.mkdir()
    log.write_bytes(b"x" * 10_000_001)
    supervised = supervise("child('web', 'echo out; echo err >&2', restart=False, log=notes / 'log/web.log')")

    assert supervised.process.wait() == 0

    assert log.read_text() == "out\nerr\n"
    assert log.with_name("web.log.1").stat().st_size == 10_000_001
