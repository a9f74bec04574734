"""What the command line says when something is not right: one sentence, in the person's language, no traceback."""

import json
import socket

import pytest

SAID = {
    "es": "Plaza no entiende",
    "pt": "O Plaza não entende",
    "en": "Plaza does not understand",
    "fr": "Plaza ne comprend pas",
}


@pytest.mark.parametrize("language", SAID)
def test_an_unknown_command_is_answered_in_the_persons_language(plaza, language):
    done = plaza("dance", LANG=f"{language}_XX.UTF-8")

    assert done.returncode == 2
    assert done.stdout == ""
    assert len(done.stderr.splitlines()) == 2
    assert "dance" in done.stderr


def test_an_unknown_option_is_answered_with_a_sentence(plaza):
    done = plaza("search", "agua", "--loud")

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)


def test_without_words_it_says_what_it_can_do(plaza):
    done = plaza()

    assert done.returncode == 0
    assert "plaza demo" in done.stdout


@pytest.mark.parametrize("command", ["demo", "serve"])
def test_a_port_in_use_is_said_before_anything_else_is_done(plaza, tmp_path, command):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]

        done = plaza(command, "--port", str(port))

    assert done.returncode == 1
    assert done.stderr.splitlines()[-1] == (
        f"Port {port} of 127.0.0.1 is in use by another program: choose another one, for example with PORT={port + 1}."
    )
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("port", ["0", "70000", "-1"])
def test_a_number_that_is_no_port_is_said_so(plaza, port):
    done = plaza("serve", f"--port={port}")

    assert (done.returncode, done.stderr.strip()) == (2, f"{port} is no port: choose a number from 1 to 65535.")


def test_a_recordings_folder_that_is_none_is_said_so(plaza, tmp_path):
    done = plaza("demo", "--recordings", str(tmp_path / "nothing"))

    assert (done.returncode, "is not a folder" in done.stderr) == (2, True)


CAPTIONS = b"1\n00:00:01,000 --> 00:00:04,000\nAna: El agua llega a todos los barrios.\n"


def test_a_transcript_is_read_as_the_contract_says(plaza, tmp_path):
    (tmp_path / "words.bin").write_bytes(CAPTIONS)

    done = plaza("read", "transcript", str(tmp_path / "words.bin"), "--json")

    document = json.loads(done.stdout)
    assert done.returncode == 0
    assert list(document) == ["format", "language", "duration", "speakers", "segments", "put_aside"]
    assert (document["format"], document["language"], document["duration"]) == ("srt", "es", 4.0)


def test_a_transcript_is_read_from_standard_input(plaza):
    assert json.loads(plaza("read", "transcript", "-", "--json", stdin=CAPTIONS).stdout)["format"] == "srt"


@pytest.mark.parametrize(
    "data",
    [b"", bytes(range(256)) * 40, b"<html><body><p>Agenda</p>", b"PK\x03\x04" + bytes(200), b"Only words here.\n"],
    ids=["empty file", "binary noise", "a page", "a zip", "no times"],
)
def test_a_file_that_is_no_transcript_gets_one_sentence(plaza, tmp_path, data):
    (tmp_path / "file").write_bytes(data)

    done = plaza("read", "transcript", str(tmp_path / "file"), "--json")

    assert (done.returncode, done.stdout) == (2, "")
    assert len(done.stderr.strip().splitlines()) == 1


@pytest.mark.parametrize("path", ["missing.vtt", "."])
def test_a_file_that_cannot_be_opened_gets_one_sentence(plaza, path):
    done = plaza("read", "transcript", path)

    assert (done.returncode, len(done.stderr.strip().splitlines())) == (2, 1)


def test_an_evaluation_folder_with_nothing_in_it_is_said_so(plaza, tmp_path):
    done = plaza("evaluate", "retrieval", str(tmp_path), "--run", str(tmp_path / "run"))

    assert (done.returncode, "corpus.jsonl is missing" in done.stderr, "Traceback" in done.stderr) == (2, True, False)


@pytest.mark.xdist_group("installation")
def test_a_search_without_a_corpus_finds_nothing_and_says_so(plaza, installation):
    done = plaza("search", "agua", "--language", "es", "--json", PLAZA_VAR=str(installation), DATABASE_URL="")

    assert done.returncode == 0, done.stderr
    assert json.loads(done.stdout)["hits"] == []


def test_a_folder_that_cannot_be_written_gets_one_sentence(plaza, tmp_path):
    file = tmp_path / "file"
    file.write_text("I am no folder")

    done = plaza("search", "agua", PLAZA_VAR=str(file), DATABASE_URL="")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)
    assert file.read_text() == "I am no folder"


def test_a_database_that_does_not_answer_gets_one_sentence(plaza):
    done = plaza("check", DATABASE_URL="postgresql://nobody:x@127.0.0.1:9/none", PLAZA_DATABASE_CONNECTIONS="0")

    assert (done.returncode, "Traceback" in done.stderr) == (1, False)


def test_settings_that_make_no_sense_get_one_sentence(plaza):
    done = plaza("check", PLAZA_DATABASE_CONNECTIONS="many")

    assert (done.returncode, "Traceback" in done.stderr) == (2, False)
    assert "PLAZA_DATABASE_CONNECTIONS" in done.stderr
