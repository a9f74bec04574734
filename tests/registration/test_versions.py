"""A programme changes after people registered: each is told once, in her language."""

import datetime as dt
from collections import Counter

import pytest

from plaza.mail.models import Letter
from plaza.meetings.domain.versions import note_first, tell_changes, when_told
from plaza.registration.domain.versions import tell_of_version
from tests.registration.conftest import somebody

pytestmark = pytest.mark.django_db


def told():
    rows = Letter.objects.filter(template__in=["registration/changed", "registration/called_off"])
    return Counter(rows.values_list("to", "template"))


def test_a_version_of_the_programme_is_told_once_to_each_who_counts_on_it(desk, meeting, network):
    meeting.refresh_from_db()
    note_first(meeting=meeting, by=None)
    somebody(desk, 1)
    somebody(desk, 2, language="pt", city=network.cities["Porto Mar"])
    meeting.starts_at += dt.timedelta(hours=1)
    meeting.ends_at += dt.timedelta(hours=1)
    meeting.save()

    version = tell_changes(meeting=meeting, by=network.secretary)
    assert "registration" in when_told
    assert (tell_of_version(version.pk), tell_of_version(version.pk)) == (2, 0)

    assert told() == {(f"p{number}@example.org", "registration/changed"): 1 for number in (1, 2)}
    hers = Letter.objects.get(to="p2@example.org", template="registration/changed").text
    assert ("10:00" in hers, "08:00" in hers) == (True, True)  # by her clocks, and by the meeting's above

    meeting.status = "cancelled"
    meeting.save()
    assert tell_of_version(tell_changes(meeting=meeting, by=network.secretary).pk) == 2
    assert told()["p1@example.org", "registration/called_off"] == 1
