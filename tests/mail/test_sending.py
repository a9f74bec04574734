"""Letters and a real mail server: delivered once, refused for now, refused for good, and what nobody can know."""

import asyncio
import datetime as dt
import os
import signal
import subprocess
import sys
import time
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection, transaction
from django.utils import timezone
from procrastinate.contrib.django.models import ProcrastinateJob

from plaza.core import history
from plaza.mail.choices import LetterState
from plaza.mail.domain import outbox, sending
from plaza.mail.models import Letter

pytestmark = pytest.mark.django_db

ANSWER = "Corregimos su cargo: «Directora de riesgos» 🌊.\n\nhttp://plaza.example/es/x"


def letter(**changed):
    row = {
        "to": "ines@example.org",
        "to_name": "Inés Ñandú 🌊",
        "language": "es",
        "template": "test",
        "subject": "Corrección hecha: Ávila 🌊",
        "text": ANSWER,
        "message_id": f"<{time.monotonic_ns()}@plaza.example>",
    }
    return Letter.objects.create(**{**row, **changed})


def state_of(row):
    row.refresh_from_db()
    return row.state, row.attempts, row.reason


def test_a_letter_goes_out_once_with_a_text_and_an_html_part_that_say_the_same(postbox):
    written = letter()

    sending.send(written.pk)
    sending.send(written.pk)

    (got,) = postbox.letters
    text, html = got.iter_parts()
    assert got["Subject"] == written.subject
    assert got["To"].addresses[0].display_name == "Inés Ñandú 🌊"
    (sender,) = got["From"].addresses
    assert (sender.display_name, sender.addr_spec) == ("Red de Ciudades, América 🌊", "red@example.org")
    assert (got["Message-ID"], got["Content-Language"]) == (written.message_id, "es")
    assert got["List-Unsubscribe"] is None
    assert [part.get_content_type() for part in (text, html)] == ["text/plain", "text/html"]
    assert text.get_content().replace("\r\n", "\n").strip() == ANSWER
    assert "«Directora de riesgos» 🌊" in html.get_content()
    assert '<a href="http://plaza.example/es/x">' in html.get_content()
    assert '<html lang="es">' in html.get_content()
    assert state_of(written) == ("sent", 1, "")
    assert written.text == ""


def test_markup_in_a_letter_is_words(postbox):
    sending.send(letter(text="<script>alert(1)</script> & Cía").pk)

    text, html = postbox.letters[0].iter_parts()
    assert text.get_content().strip() == "<script>alert(1)</script> & Cía"
    assert "&lt;script&gt;alert(1)&lt;/script&gt; &amp; Cía" in html.get_content()


@pytest.mark.parametrize("refusal", ["451 4.3.0 try later", "RCPT 450 4.2.0 greylisted"])
def test_a_letter_refused_for_now_waits_and_goes_out_later(postbox, refusal):
    postbox.answers = [refusal, "250 taken"]
    written = letter()

    sending.send(written.pk)
    assert state_of(written) == ("waiting", 1, refusal.removeprefix("RCPT "))
    sending.send(written.pk)
    assert (postbox.asked, written.try_at > timezone.now()) == (1, True)
    Letter.objects.update(try_at=timezone.now())
    sending.send(written.pk)

    assert state_of(written) == ("sent", 2, "")
    assert len(postbox.letters) == 1


def test_pauses_grow_and_at_their_end_the_letter_has_failed(postbox):
    postbox.answers = ["451 4.3.0 try later"]
    written, pauses = letter(), []

    for _ in range(len(sending.PAUSES) + 1):
        Letter.objects.update(try_at=timezone.now())
        sending.send(written.pk)
        written.refresh_from_db()
        pauses.append(round((written.try_at - written.moved_at) / dt.timedelta(minutes=1)))

    assert pauses[:-1] == [1, 5, 15, 60, 180, 360, 720, 1440]
    assert state_of(written) == ("failed", 9, "451 4.3.0 try later")


@pytest.mark.parametrize("refusal", ["550 5.7.1 no spam here", "RCPT 550 5.1.1 nobody of this name"])
def test_a_letter_refused_for_good_has_failed_with_the_reason(postbox, refusal):
    postbox.answers = [refusal]
    written = letter()

    sending.send(written.pk)
    sending.send(written.pk)

    assert state_of(written) == ("failed", 1, refusal.removeprefix("RCPT "))
    assert postbox.asked == 1


def test_a_line_that_breaks_after_the_words_leaves_a_doubtful_letter_that_is_not_repeated(postbox):
    postbox.answers = [postbox.DROP, "250 taken"]
    written = letter()

    sending.send(written.pk)
    Letter.objects.update(try_at=timezone.now())
    sending.send(written.pk)
    sending.take_up_due()

    assert state_of(written)[:2] == ("doubtful", 1)
    assert len(postbox.letters) == 1
    assert not ProcrastinateJob.objects.exists()


def test_a_server_that_is_not_there_is_tried_again(settings):
    settings.MAIL_SERVER = {"host": "127.0.0.1", "port": 1}
    written = letter()

    sending.send(written.pk)

    assert state_of(written)[:2] == ("waiting", 1)


def test_without_a_mail_server_letters_wait(settings):
    settings.MAIL_SERVER = None
    written = letter()

    sending.send(written.pk)
    sending.take_up_due()

    assert state_of(written) == ("waiting", 0, "")


@pytest.mark.parametrize(
    "bad", ["Ana\r\nBcc: all@example.org", "Ana\nX: y", "\u202eanA", "A" * 400, "Ana <x@y.org>, b"]
)
def test_a_name_makes_no_header_of_its_own(postbox, bad):
    written = outbox.write(
        to="ines@example.org",
        name=bad,
        language="es",
        template="corrections/answer",
        values={"text": "x\r\nBcc: all@example.org"},
    )

    sending.send(written.pk)

    (got,) = postbox.letters
    assert got["Bcc"] is None
    assert got["X"] is None
    (to,) = got["To"].addresses
    assert to.addr_spec == "ines@example.org"
    assert len(to.display_name) <= 120
    assert "\u202e" not in to.display_name


def test_a_domain_with_accents_is_written_as_mail_servers_do(postbox):
    sending.send(letter(to="ines@ñandú.example").pk)

    assert [got["To"].addresses[0].addr_spec for got in postbox.letters] == ["ines@xn--and-6ma2c.example"]


def test_an_address_with_a_line_break_never_reaches_the_server(postbox):
    written = letter(to="a@example.org\nBcc: b@example.org")

    sending.send(written.pk)

    assert state_of(written)[0] == "failed"
    assert postbox.asked == 0


def test_a_letter_of_a_deed_that_failed_was_never_written():
    with transaction.atomic():
        outbox.write(to="ines@example.org", language="es", template="corrections/answer", values={"text": "x"})
        transaction.set_rollback(True)

    assert not Letter.objects.exists()
    assert not ProcrastinateJob.objects.exists()


def test_a_person_decides_what_becomes_of_a_doubtful_letter_and_only_once(network, postbox):
    doubtful = letter(state=LetterState.DOUBTFUL, attempts=1)
    other = letter(state=LetterState.DOUBTFUL)

    outbox.send_again(letter=doubtful, by=network.secretary)
    with pytest.raises(outbox.NotDoubtful):
        outbox.send_again(letter=doubtful, by=network.secretary)
    outbox.leave_unsent(letter=other, by=network.secretary)
    sending.send(doubtful.pk)
    sending.send(other.pk)

    assert state_of(doubtful)[0] == "sent"
    assert state_of(other)[0] == "left"
    assert [got["Message-ID"] for got in postbox.letters] == [doubtful.message_id]
    assert list(history.of(doubtful).values_list("verb", "by")) == [("sent again", network.secretary.pk)]


def test_old_letters_are_forgotten_and_young_ones_are_not(settings):
    settings.LETTERS_KEPT_DAYS = 30
    letter(moved_at=timezone.now() - dt.timedelta(days=31))
    young = letter(moved_at=timezone.now() - dt.timedelta(days=29))

    assert outbox.forget_old() == 1
    assert list(Letter.objects.all()) == [young]


SENDER = """
import django, sys
django.setup()
from plaza.mail.domain import sending
sending.send(int(sys.argv[1]))
"""


@pytest.mark.django_db(transaction=True)
def test_a_sender_that_is_killed_in_the_middle_leaves_a_doubtful_letter(postbox):
    async def hang(server, session, envelope):
        postbox.received.append(envelope.content)
        await asyncio.sleep(60)
        return "250 too late"

    postbox.handle_DATA = hang
    written = letter()
    process = subprocess.Popen(
        [sys.executable, "-c", SENDER, str(written.pk)],
        env={
            **os.environ,
            "DJANGO_SETTINGS_MODULE": "plaza.config.settings",
            "DATABASE_URL": urlunsplit(
                urlsplit(os.environ["DATABASE_URL"])._replace(path="/" + connection.settings_dict["NAME"])
            ),
            "EMAIL_URL": f"smtp://127.0.0.1:{postbox.port}?tls=none",
        },
    )
    deadline = time.monotonic() + 30
    while not postbox.received and time.monotonic() < deadline:
        time.sleep(0.05)

    assert state_of(written) == ("sending", 1, "")
    assert sending.doubt_lost() == 0  # its sender lives
    process.send_signal(signal.SIGKILL)
    process.wait()
    while not sending.doubt_lost() and time.monotonic() < deadline:
        time.sleep(0.05)

    assert state_of(written) == ("doubtful", 1, sending.LOST)
    sending.send(written.pk)
    assert len(postbox.received) == 1
