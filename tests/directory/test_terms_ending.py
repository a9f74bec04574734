"""A term ends: who is written to, when, and how often."""

import datetime as dt

from plaza.accounts.models import User
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.focal_points import name_focal_point
from plaza.directory.domain.membership import move
from plaza.directory.domain.terms_ending import due, remind
from plaza.directory.models import FocalPoint, HandOver
from plaza.directory.tasks import look_at_terms
from tests.directory.terms import ADDRESS, a_term, letters, link_in, says


def test_which_reminder_a_day_is_for(today):
    days = (31, 30, 8, 7, 0, -1, -50)

    assert [due(today + dt.timedelta(days=left), today) for left in days] == [None, 30, 30, 7, 7, 0, 0]


def test_each_reminder_goes_out_once_with_one_link_however_often_the_job_runs(network, term, today):
    for left in (31, 30, 29, 7, 7, 3, -1, -2):
        end = today + dt.timedelta(days=left)
        FocalPoint.objects.filter(pk=term.pk).update(end=end)
        HandOver.objects.update(ends_on=end)
        look_at_terms(0)
        look_at_terms(0)

    sent = letters("term_ends")
    assert [(letter.to, letter.language) for letter in sent] == [(ADDRESS, "es")] * 3
    assert len({link_in(letter) for letter in sent}) == 1
    assert [letter.to for letter in letters("term_ends_desk")] == ["secretary@example.org"] * 3


def test_whoever_has_an_account_is_written_to_there_and_of_who_has_no_address_the_secretariat_hears(
    network, term, today
):
    term.person.user = User.objects.create_user("account@example.org", None, name="Ana", language="pt")
    term.person.save(update_fields=["user"])
    a_term(network, "Porto Mar", "João Mar", "", today + dt.timedelta(days=21))

    assert remind() == 2

    assert [(letter.to, letter.language) for letter in letters("term_ends")] == [("account@example.org", "pt")]
    told = letters("term_ends_desk")
    assert ["Porto Mar" in letter.text for letter in told] == [False, True]
    assert "/workspace/hand-overs/" in link_in(told[1])


def test_of_several_focal_points_who_comes_later_to_another_post_does_not_follow(network, today):
    ana = a_term(network, "Riberas", "Ana Ribera", ADDRESS, today + dt.timedelta(days=20), is_main=False)
    FocalPoint.objects.filter(pk=ana.pk).update(post="Riesgo")

    def reminded_when_somebody_comes(post):
        HandOver.objects.all().delete()
        after = {"on": ana.end + dt.timedelta(days=1), "is_main": False, "post": post}
        came = name_focal_point(city=ana.city, person=network.people["Luis Prado"], by=None, **after)
        reminded = remind()
        FocalPoint.objects.filter(pk=came.pk).delete()
        return reminded

    assert [reminded_when_somebody_comes(post) for post in ("Vivienda", "", "RIESGO")] == [1, 1, 0]


def test_of_several_focal_points_who_handed_over_is_not_asked_again(network, client, today):
    ana = a_term(network, "Riberas", "Ana Ribera", ADDRESS, today + dt.timedelta(days=20), is_main=False)
    assert remind() == 1
    says(client, link_in(letters("term_ends")[0]), today, first_day=today.isoformat())
    client.post(link_in(letters("you_are_next")[0]))

    ana.refresh_from_db()
    assert (ana.end, remind(), HandOver.objects.get().state) == (today - dt.timedelta(days=1), 0, "done")


def test_nobody_is_reminded_of_a_term_that_another_follows_or_of_a_city_that_left(network, term, today):
    name_focal_point(city=term.city, person=network.people["Luis Prado"], on=term.end + dt.timedelta(days=1), by=None)
    a_term(network, "Porto Mar", "João Mar", "j@example.org", today)
    move(city=network.cities["Porto Mar"], to=MembershipStatus.LEFT, on=today, by=None)

    assert remind() == 0
