"""The sandbox: a stranger's file is read in a process that can do nothing else."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

from plaza.files import reader as inside
from plaza.files.reader import MOST_BYTES, READERS, Reader
from plaza.files.sandbox import NotReadable, WhyNotReadable, read_in_sandbox
from plaza.formats.transcript import NotATranscript, WhyNot, as_json, read

CAPTIONS = b"WEBVTT\nLanguage: es\n\n00:01.000 --> 00:02.000\n<v Ana>Hola\n\n00:05.000 --> 00:04.000\nTarde\n"

# What a file could make a reader do, were it broken: a real module, run by the real child.
HOSTILE = """
import json, os, resource, socket, sys
from enum import StrEnum
from plaza.formats.refusal import Refused
class Why(StrEnum):
    NO = "No."
class No(Refused):
    reasons = Why
def as_json(answer): return answer
def read(data):
    what = data.decode()
    if what == "write":
        try:
            with open(os.path.join(os.path.dirname(__file__), "written"), "w") as out: out.write("x")
        except OSError as error: return {"kept from writing": type(error).__name__}
    if what == "look":
        return {"environment": sorted(os.environ), "modules": sorted({"django", "numpy"} & set(sys.modules)),
                "open files": resource.getrlimit(resource.RLIMIT_NOFILE)[0]}
    if what == "hang":
        while True: pass
    if what == "wait": sys.stdin.detach(); os.read(os.pipe()[0], 1)
    if what == "grow":
        held = bytearray(1 << 40)
    if what == "break": raise ValueError("secret words of the file")
    if what == "abort": os.abort()
    if what == "shout": return {"long": "x" * (65 << 20)}
    raise No(Why.NO)
"""


@pytest.fixture
def hostile(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A reader that does what its file says, known to the child as to us."""
    (tmp_path / "hostile.py").write_text(HOSTILE)
    child = tmp_path / "child.py"
    child.write_text(
        f"import sys; sys.path.insert(0, {str(tmp_path)!r})\n"
        "from plaza.files import reader\n"
        "reader.READERS['hostile'] = reader.Reader('hostile', refusal='No')\n"
        "sys.exit(reader.main(sys.argv[-3], int(sys.argv[-2]), int(sys.argv[-1])))\n"
    )
    python = tmp_path / "python"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -I -B {child} "$@"\n')
    python.chmod(0o755)
    monkeypatch.setattr(sys, "executable", str(python))
    monkeypatch.syspath_prepend(str(tmp_path))
    monkeypatch.setitem(READERS, "hostile", Reader("hostile", refusal="No"))
    return "hostile"


def refused(reader: str, data: bytes, **limits: float) -> str:
    with pytest.raises(NotReadable) as caught:
        read_in_sandbox(reader, data, **limits)  # type: ignore[arg-type]  # the limits of one call
    return caught.value.why


def test_a_transcript_read_in_the_sandbox_is_the_transcript_read_outside():
    assert read_in_sandbox("transcript", CAPTIONS) == as_json(read(CAPTIONS))


def test_the_model_of_languages_loads_within_the_limits():
    captions = b"WEBVTT\n\n00:01.000 --> 00:02.000\nFlood warnings save lives.\n"

    assert read_in_sandbox("transcript", captions)["language"] == "en"


def test_the_child_finds_plaza_from_any_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.chdir(tmp_path)

    assert read_in_sandbox("transcript", CAPTIONS)["speakers"] == ["Ana"]


def test_a_file_that_is_no_transcript_keeps_its_reason():
    with pytest.raises(NotATranscript) as caught:
        read_in_sandbox("transcript", b"some text")

    assert caught.value.why is WhyNot.NO_TIMES


def test_a_reader_that_is_not_registered_is_never_loaded():
    with pytest.raises(LookupError, match="no reader is called 'os'"):
        read_in_sandbox("os", b"")


def test_a_file_over_64_mb_is_refused_before_any_process_starts(monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr(sys, "executable", "/nowhere/python")

    assert refused("transcript", bytes(MOST_BYTES + 1)) == WhyNotReadable.TOO_LARGE


def test_captions_that_need_more_memory_than_allowed_are_refused():
    captions = b"WEBVTT\n\n" + b"00:01.000 --> 00:02.000\nHola\n\n" * 400_000

    assert refused("transcript", captions, megabytes=64) == WhyNotReadable.TOO_MUCH_MEMORY


def test_a_reader_that_never_ends_is_stopped(hostile: str):
    assert refused(hostile, b"hang", seconds=0.7) == WhyNotReadable.TOOK_TOO_LONG


def test_a_reader_that_waits_without_working_is_stopped(hostile: str):
    assert refused(hostile, b"wait", seconds=0.7) == WhyNotReadable.TOOK_TOO_LONG


def test_the_kernel_stops_a_reader_whose_parent_is_gone(hostile: str):
    orphan = [sys.executable, hostile, "1", "512"]

    child = subprocess.run(orphan, input=b"hang", capture_output=True, check=False)

    assert (child.returncode, child.stdout) == (-signal.SIGXCPU, b"")


def test_a_reader_that_asks_for_a_terabyte_is_refused(hostile: str):
    assert refused(hostile, b"grow") == WhyNotReadable.TOO_MUCH_MEMORY


def test_an_answer_larger_than_a_file_may_be_is_refused(hostile: str):
    assert refused(hostile, b"shout") == WhyNotReadable.TOO_MUCH_MEMORY


@pytest.mark.parametrize("deed", [b"break", b"abort"])
def test_a_reader_that_breaks_gives_one_sentence(hostile: str, deed: bytes):
    assert refused(hostile, deed) == WhyNotReadable.BROKE


def test_what_a_broken_reader_says_of_the_file_is_not_logged(hostile: str, caplog: pytest.LogCaptureFixture):
    refused(hostile, b"break")

    assert caplog.messages == [f"reader hostile: {WhyNotReadable.BROKE} (status 1, ValueError)"]


def test_a_reader_can_write_no_file(hostile: str, tmp_path: Path):
    answer = read_in_sandbox(hostile, b"write")

    assert answer == {"kept from writing": "OSError"}
    assert (tmp_path / "written").read_text() == ""


def test_the_child_sees_no_secret_no_django_and_few_open_files(hostile: str, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setenv("DATABASE_URL", "postgresql://secret@127.0.0.1/plaza")
    monkeypatch.setenv("PYTHONPATH", "/nowhere")

    seen = read_in_sandbox(hostile, b"look")

    # What a shell adds, and where an interpreter of the host's own finds its library: no secrets.
    harmless = {"PWD", "SHLVL", "_", "LC_CTYPE", "LD_LIBRARY_PATH", "DYLD_LIBRARY_PATH"}
    assert set(seen["environment"]) - harmless == {"OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "PATH"}
    assert (seen["modules"], seen["open files"]) == ([], inside._OPEN_FILES)


def test_neither_side_of_the_sandbox_loads_django():
    load = "import sys, plaza.files.sandbox, plaza.formats.transcript"
    code = f"{load}; print({{'django', 'numpy'}} & set(sys.modules))"

    child = subprocess.run([sys.executable, "-I", "-c", code], capture_output=True, check=True)

    assert child.stdout.strip() == b"set()"
