"""The round of the addresses, against real servers: polite, patient, and killed in the middle."""

import datetime as dt
from collections import defaultdict
from itertools import pairwise

import pytest
from django.utils import timezone

from plaza.core import history
from plaza.knowledge.choices import LinkAnswer, WorkKind
from plaza.knowledge.domain import link_rot
from plaza.knowledge.domain.addresses import Look, look_at, note
from plaza.knowledge.domain.link_rot import check_due
from plaza.knowledge.domain.materials import mark_lost, name_work
from plaza.knowledge.models import Material
from plaza.knowledge.tasks import check_links

pytestmark = pytest.mark.django_db
DAY = dt.timedelta(days=1)
PAUSE = 0.05


def linked(url):
    return name_work(kind=WorkKind.NOTES, title="Notas", language="es", url=url, by=None).material


def fresh(material):
    return Material.objects.get(pk=material.pk)


def round_of(most=100, **limits):
    return check_due(most=most, pause=PAUSE, **limits)


def days_pass(days):
    """As if so many days had gone by since all that was written down."""
    for row in Material.objects.all():
        for name in ("checked_at", "check_after", "failing_since", "died_at"):
            if (moment := getattr(row, name)) is not None:
                setattr(row, name, moment - days * DAY)
        row.save()


def test_what_is_there_is_looked_at_again_in_about_a_month(elsewhere):
    material = linked(elsewhere.says("/a"))

    assert (round_of(), round_of()) == (1, 0)

    row = fresh(material)
    assert (row.answer, row.status, row.failures, row.state) == (LinkAnswer.THERE, 200, 0, "linked")
    assert 28 * DAY <= row.check_after - row.checked_at <= 32 * DAY
    assert elsewhere.paths() == ["/a"]


def test_each_host_is_asked_for_its_wishes_first_and_one_at_a_time_with_pauses(elsewhere):
    for host in ("a.example", "b.example"):
        for n in range(4):
            elsewhere.says(f"/{n}")
            linked(elsewhere.url(f"/{n}", host=host))

    assert round_of() == 8

    by_host = defaultdict(list)
    for host, path, at in elsewhere.heard:
        by_host[host].append((path, at))
    for heard in by_host.values():
        assert [path for path, _ in heard] == ["/robots.txt", "/0", "/1", "/2", "/3"]
        assert min(later - earlier for (_, earlier), (_, later) in pairwise(heard)) >= PAUSE * 0.9
    hosts = [host for host, _, _ in elsewhere.heard]
    assert hosts != sorted(hosts)  # nobody waits for the pause of another


def test_a_host_that_was_asked_a_moment_ago_is_let_rest_by_the_next_batch(elsewhere):
    for n in range(2):
        linked(elsewhere.says(f"/{n}"))
    check_due(most=1, pause=0.5)

    check_due(most=1, pause=0.5)

    (first, second) = [at for _, path, at in elsewhere.heard if path != "/robots.txt"]
    assert second - first >= 0.5


def test_who_asks_programs_not_to_look_is_not_looked_at(elsewhere):
    elsewhere.answers["closed.example/robots.txt"] = (200, {}, b"User-agent: plaza\nDisallow: /private\nAllow: /")
    hidden = linked(elsewhere.url("/private/a", host="closed.example"))
    shown = linked(elsewhere.url("/b", host="closed.example"))
    elsewhere.says("/b")

    round_of()

    assert elsewhere.paths() == ["/b"]
    assert [(fresh(row).answer, fresh(row).failures) for row in (hidden, shown)] == [("not-wanted", 0), ("there", 0)]


def test_a_site_that_cannot_say_its_wishes_is_left_alone(elsewhere):
    elsewhere.answers["/robots.txt"] = (503, {}, b"")
    material = linked(elsewhere.says("/a"))

    round_of()

    assert (elsewhere.paths(), fresh(material).answer, fresh(material).failures) == ([], "not-shown", 0)


def test_a_site_that_wants_long_pauses_is_asked_once_a_round(elsewhere):
    elsewhere.answers["/robots.txt"] = (200, {}, b"User-agent: *\nCrawl-delay: 600")
    for n in range(3):
        linked(elsewhere.says(f"/{n}"))

    assert (round_of(), round_of()) == (1, 0)

    assert elsewhere.paths() == ["/0"]


@pytest.mark.parametrize("robots", [b"\xff\xfe\0" * 1000, b"User-agent: *\n" * 40_000, b"Disallow: /" + b"*" * 5000])
def test_rules_that_make_no_sense_stop_nobody(elsewhere, robots):
    elsewhere.answers["/robots.txt"] = (200, {}, robots)
    material = linked(elsewhere.says("/a"))

    round_of()

    assert fresh(material).answer == "there"


def test_who_says_when_to_come_back_is_heard_for_all_addresses_of_the_host(elsewhere):
    for n in range(3):
        elsewhere.says(f"/{n}", 429, Retry_After="7200")
        linked(elsewhere.url(f"/{n}"))

    assert (round_of(), round_of()) == (1, 0)

    now = timezone.now()
    waits = [row.check_after - now for row in Material.objects.all()]
    assert all(dt.timedelta(hours=1.9) < wait <= dt.timedelta(hours=2) for wait in waits)
    assert [row.failures for row in Material.objects.all()] == [0, 0, 0]


@pytest.mark.parametrize(
    ("status", "retry_after", "wait"),
    [
        (429, "3600", 3600), (503, "10", 3600), (429, "99999999999999999999", 90 * 86400), (429, "soon", None),
        (429, "Wed, 21 Oct 2015 07:28:00 GMT", 3600), (200, "3600", None), (503, "", None), (429, "٣٦٠٠", None),
    ],
)  # fmt: skip
def test_a_wish_to_wait_is_understood_and_bounded(elsewhere, status, retry_after, wait):
    headers = {"Retry_After": retry_after} if retry_after.isascii() else {}
    look = look_at(elsewhere.says("/a", status, **headers))

    assert (look.wait and look.wait.total_seconds()) == wait


@pytest.mark.parametrize(
    ("status", "answer", "failures"),
    [
        (200, "there", 0), (204, "there", 0), (206, "there", 0), (416, "there", 0),
        (404, "not-there", 2), (410, "not-there", 2), (400, "wrong", 1), (418, "wrong", 1),
        (401, "not-shown", 0), (403, "not-shown", 0), (405, "not-shown", 0), (429, "not-shown", 0),
        (451, "not-shown", 0), (500, "not-shown", 0), (503, "not-shown", 0), (999, "not-shown", 0),
    ],
)  # fmt: skip
def test_what_each_answer_counts(elsewhere, status, answer, failures):
    material = linked(elsewhere.says("/a", status, b""))

    round_of()

    row = fresh(material)
    assert (row.answer, row.status, row.failures, row.state) == (answer, status, failures, "linked")


def test_a_missing_page_is_called_gone_after_a_week_and_not_before(elsewhere):
    material = linked(elsewhere.url("/gone"))
    states = []
    for _ in range(10):
        round_of()
        states.append(fresh(material).state)
        days_pass(1)

    # Looked at on the first, the fifth and the ninth day.
    assert states == ["linked"] * 8 + ["gone"] * 2
    assert len(elsewhere.paths()) == 3
    assert [entry.verb for entry in history.of(material.work)] == ["named", "address died"]


def test_pressing_often_kills_nothing(elsewhere):
    material = linked(elsewhere.url("/gone"))

    for _ in range(5):
        note(material_id=material.pk, url=material.url, look=look_at(material.url))

    assert (fresh(material).state, fresh(material).failures) == ("linked", 10)


def test_what_is_dead_is_looked_at_ever_more_rarely(elsewhere):
    material = linked(elsewhere.url("/gone"))
    days = []
    for day in range(400):
        if round_of():
            days.append(day)
        days_pass(1)

    pauses = [later - earlier for earlier, later in pairwise(days)]
    assert pauses == sorted(pauses)
    assert (pauses[0], pauses[-1], len(days)) == (4, 90, 10)
    assert fresh(material).state == "gone"


def test_what_answers_again_is_no_longer_gone(elsewhere):
    material = linked(elsewhere.url("/back"))
    for days in (0, 4, 8):
        days_pass(days)
        round_of()
    assert fresh(material).state == "gone"
    elsewhere.says("/back")
    days_pass(30)

    round_of()

    assert (fresh(material).state, fresh(material).failures, fresh(material).died_at) == ("linked", 0, None)
    assert [entry.verb for entry in history.of(material.work)][-1] == "address found again"


def test_what_moved_for_good_is_suggested_and_not_changed(elsewhere):
    url = elsewhere.says("/old", 301, Location="/new")
    end = elsewhere.says("/new")
    material = linked(url)

    round_of()

    assert (fresh(material).url, fresh(material).moved_to, list(Material.objects.doubtful())) == (url, end, [material])


def test_what_leads_to_a_front_page_is_doubted(elsewhere):
    elsewhere.says("/")
    material = linked(elsewhere.says("/archive/notes.pdf", 302, Location="/"))

    round_of()

    assert (fresh(material).answer, fresh(material).failures, list(Material.objects.doubtful())) == (
        "front-page", 0, [material],
    )  # fmt: skip


def test_an_address_that_leads_inside_counts_as_a_failure_and_reaches_nobody(elsewhere):
    material = linked(elsewhere.says("/a", 302, Location="http://192.168.1.1/admin"))

    round_of()

    assert (fresh(material).answer, fresh(material).failures) == ("inside", 1)


def test_what_was_given_up_is_left_in_peace(elsewhere):
    material = linked(elsewhere.says("/a"))
    mark_lost(material=material, why="Gone with the server.", by=None)

    assert (round_of(), elsewhere.heard) == (0, [])


def silent(n):
    return linked(f"http://127.0.0.1:1/{n}") if n == 0 else linked(f"http://silent{n}.example:1/{n}")


def test_where_nobody_at_all_answers_it_is_our_own_line(elsewhere):
    rows = [silent(n) for n in range(4)]

    assert round_of() == 4

    assert {(fresh(row).answer, fresh(row).failures) for row in rows} == {("no-line", 0)}


def test_where_another_site_answers_a_silent_one_fails(elsewhere):
    rows = [silent(n) for n in range(4)]
    linked(elsewhere.says("/a"))

    assert round_of() == 5

    assert {(fresh(row).answer, fresh(row).failures) for row in rows} == {("silent", 1)}


def test_who_is_killed_in_the_middle_asks_nothing_twice_in_vain(elsewhere, monkeypatch):
    for n in range(6):
        linked(elsewhere.says(f"/{n}"))
    real, calls = link_rot.look_at, []

    def killed(url):
        calls.append(url)
        if len(calls) == 4:
            raise KeyboardInterrupt
        return real(url)

    monkeypatch.setattr(link_rot, "look_at", killed)
    with pytest.raises(KeyboardInterrupt):
        round_of()
    monkeypatch.setattr(link_rot, "look_at", real)

    assert round_of() == 2
    Material.objects.filter(checked_at=None).update(check_after=timezone.now())  # an hour later
    assert round_of() == 1
    assert sorted(elsewhere.paths()) == [f"/{n}" for n in range(6)]


def test_the_job_of_the_day_goes_on_in_batches_and_ends(elsewhere, monkeypatch):
    from procrastinate.contrib.django.models import ProcrastinateJob

    monkeypatch.setattr(link_rot, "PAUSE", PAUSE)
    monkeypatch.setattr("plaza.knowledge.tasks.A_BATCH", 2)
    monkeypatch.setattr("plaza.knowledge.tasks.link_rot.check_due", lambda most: check_due(most=most, pause=PAUSE))
    for n in range(3):
        linked(elsewhere.says(f"/{n}"))

    check_links(timestamp=0)

    assert list(ProcrastinateJob.objects.filter(status="todo").values_list("args", flat=True)) == [
        {"timestamp": 0, "left": 298}
    ]
    check_links(timestamp=0, left=298)
    ProcrastinateJob.objects.all().delete()
    check_links(timestamp=0, left=297)
    assert not ProcrastinateJob.objects.exists()
    assert len(elsewhere.paths()) == 3


def test_a_batch_is_over_in_time(elsewhere):
    for n in range(50):
        linked(elsewhere.says(f"/{n}"))

    assert 0 < check_due(most=50, pause=0.1, seconds=0.5) < 10


def test_a_look_may_be_written_down_twice(elsewhere):
    material = linked("https://a.example/")
    look = Look(LinkAnswer.THERE, 200)

    for _ in range(2):
        note(material_id=material.pk, url=material.url, look=look)

    assert [entry.verb for entry in history.of(material.work)] == ["named"]
