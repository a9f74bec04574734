import pytest

from plaza.mail.choices import LetterState
from plaza.mail.domain.health import examine_mail
from tests.mail.test_sending import letter

pytestmark = pytest.mark.django_db


def test_without_a_mail_server_the_host_is_told_what_to_set(settings):
    settings.MAIL_SERVER = None

    (finding,) = examine_mail()

    assert (finding.verdict, "EMAIL_URL" in finding.mend) == ("warning", True)


def test_a_doubtful_letter_is_counted_and_warned_of(settings):
    settings.MAIL_SERVER = {"host": "127.0.0.1"}
    assert examine_mail()[0].verdict == "sound"
    letter(state=LetterState.DOUBTFUL)
    letter()

    (finding,) = examine_mail()

    assert finding.verdict == "warning"
    assert "1 " in finding.words
