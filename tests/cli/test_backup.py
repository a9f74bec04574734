"""A whole installation, backed up and brought back in a new folder."""

import json

import pytest

pytestmark = pytest.mark.xdist_group("installation")

ONE_RECORDING = """
from django.core.files.base import ContentFile
from plaza.knowledge.domain.recordings import publish, receive_recording, transcribe
from plaza.search.domain.indexing import index_recording
sound = ContentFile(b"sound", name="sound.mp3")
recording = receive_recording(title="Pumps", language="en", media=sound, by=None)
words = b"WEBVTT\\n\\n00:01.000 --> 00:06.000\\nThe pumps keep the harbour streets dry.\\n"
transcribe(recording=recording, captions=words, by=None)
publish(recording=recording, by=None)
index_recording(recording.pk)
"""


def test_what_is_backed_up_is_restored_in_a_new_folder(plaza, installation, tmp_path):
    old, new, file = installation, tmp_path / "new", tmp_path / "plaza.tar"
    prepared = plaza("manage", "shell", "-c", ONE_RECORDING, PLAZA_VAR=str(old), DATABASE_URL="")
    assert prepared.returncode == 0, prepared.stderr

    assert plaza("backup", str(file), PLAZA_VAR=str(old), DATABASE_URL="").returncode == 0
    restored = plaza("restore", str(file), PLAZA_VAR=str(new), DATABASE_URL="")
    assert restored.returncode == 0, restored.stderr

    def asked(var):
        done = plaza("search", "harbour pumps", "--language", "en", "--json", PLAZA_VAR=str(var), DATABASE_URL="")
        return [(hit["url"], hit["score"]) for hit in json.loads(done.stdout)["hits"]]

    assert asked(new) == asked(old)
    assert asked(new)[0][0].startswith("/en/recordings/pumps/?t=1,6#t=1")
    assert (new / "media" / "recordings" / "pumps.mp3").read_bytes() == b"sound"


def test_a_backup_over_an_installation_in_use_is_refused(plaza, installation, tmp_path):
    here = {"PLAZA_VAR": str(installation), "DATABASE_URL": ""}
    file = tmp_path / "plaza.tar"
    assert plaza("backup", str(file), **here).returncode == 0

    refused = plaza("restore", str(file), **here)

    assert (refused.returncode, "Traceback" in refused.stderr) == (1, False)
    assert plaza("restore", str(file), "--replace", **here).returncode == 0
