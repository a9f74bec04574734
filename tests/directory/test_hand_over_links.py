"""The two links of a hand-over: what they say when there is nothing to answer, or when the answer cannot be."""

import datetime as dt

from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.focal_points import name_focal_point
from plaza.directory.domain.membership import move
from plaza.directory.domain.terms_ending import remind
from plaza.directory.models import FocalPoint, HandOver, Person
from tests.directory.terms import letters, link_in, says


def test_a_link_that_asks_nothing_any_more_says_why(network, client, term, today):
    remind()
    path = link_in(letters("term_ends")[0]).replace("/es/", "/en/")
    old = today - dt.timedelta(days=61)

    def answered():
        answer = says(client, path, today, name="Somebody Else")
        return answer.status_code, answer.text

    FocalPoint.objects.update(end=today + dt.timedelta(days=200))
    status, changed = answered()
    assert (status, "settled in another way" in changed) == (410, True)
    FocalPoint.objects.update(end=old)
    HandOver.objects.update(ends_on=old)
    status, too_old = answered()
    assert (status, "This link is too old" in too_old) == (410, True)
    FocalPoint.objects.update(end=term.end)
    HandOver.objects.update(ends_on=term.end)

    assert says(client, path, today).status_code == 200
    status, used = answered()
    assert (status, "This link was used already" in used) == (410, True)
    following = link_in(letters("you_are_next")[0])
    client.post(following)
    assert "This link was used already" in client.post(following).text
    assert HandOver.objects.count() == FocalPoint.objects.filter(person__name="Lucía Vera").count() == 1


def test_both_links_of_a_city_that_left_say_so(network, client, term, today):
    remind()
    path = link_in(letters("term_ends")[0]).replace("/es/", "/en/")
    says(client, path, today)
    move(city=term.city, to=MembershipStatus.LEFT, on=today, by=None)

    for each in (path, link_in(letters("you_are_next")[0])):
        answer = says(client, each, today)
        assert answer.status_code == 410
        assert "The city is not a member of the network any more" in answer.text
    assert HandOver.objects.get().next_email == ""
    assert not Person.objects.filter(name="Lucía Vera").exists()


def test_an_answer_that_cannot_be_is_told_and_the_link_stays_good_and_a_guess_of_it_is_nothing(
    network, client, term, today
):
    remind()
    path, row = link_in(letters("term_ends")[0]), HandOver.objects.get()
    bad = [
        {"name": ""},
        {"name": "x" * 401},
        {"email": ""},
        {"email": "a@example.org\r\nBcc: b@example.org"},
        {"first_day": ""},
        {"first_day": "31/02/2027"},
        {"first_day": "2023-01-01"},
        {"first_day": "9999-12-31"},
        {"deed": "x"},
    ]

    for changed in bad:
        assert (changed, says(client, path, today, **changed).status_code) == (changed, 200)
        assert (changed, HandOver.objects.get().state, letters("you_are_next")) == (changed, "asked", [])
    for guess in ("x", "0" * 64, row.token_hash, str(row.uuid)):
        assert client.get(f"/es/hand-over/{guess}/").status_code == 404
        assert client.get(f"/es/hand-over/next/{guess}/").status_code == 404
    says(client, path, today)
    assert HandOver.objects.get().state == "named"


def test_an_older_link_does_not_put_out_whom_the_secretariat_named_since(network, client, term, today):
    remind()
    says(client, link_in(letters("term_ends")[-1]), today)
    since = name_focal_point(
        city=term.city, person=network.people["Luis Prado"], on=term.end + dt.timedelta(days=1), by=network.secretary
    )

    answer = client.post(link_in(letters("you_are_next")[-1]))

    assert answer.status_code == 410
    assert FocalPoint.objects.filter(pk=since.pk, end=None).exists()
