"""A newsletter from its draft to the mail server: gaps, refusals, pause, and what became of each copy."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from plaza.core import history
from plaza.mail.choices import LetterState
from plaza.mail.domain import lists, sending
from plaza.mail.models import Letter
from plaza.network.domain.settings import change_settings
from plaza.newsletters.choices import CopyState
from plaza.newsletters.domain import copies, forgetting, issues, segments
from plaza.newsletters.domain.markup import as_html, as_text
from plaza.newsletters.models import LIST, Copy, Issue, Segment, Subscriber
from tests.newsletters.conftest import WORDS, plain, subscribed, subscriber

pytestmark = pytest.mark.django_db


@pytest.fixture
def secretary(network, client):
    client.force_login(network.secretary)
    return client


def page(issue, rest=""):
    return f"/es/workspace/newsletters/{issue.pk}/{rest}"


def states():
    return dict(Copy.objects.values_list("subscriber__email", "state"))


def send_all():
    for pk in Letter.objects.due().values_list("pk", flat=True):
        sending.send(pk)


def test_what_is_missing_is_read_in_the_first_language_of_the_network(network, everybody):
    change_settings(texts={"name_pt": "Rede do Rio"}, language="pt", by=network.secretary)
    subscribed("rose@example.org", "en")
    issue = issues.begin(by=network.secretary)
    issues.write(issue=issue, words=WORDS, segment=everybody, by=network.secretary)

    issues.send(issue=issue, by=network.secretary)

    assert (issue.default_language, Copy.objects.get().language) == ("pt", "pt")


def test_each_gets_it_once_in_her_language_or_in_the_default_one(network, draft, secretary, postbox):
    for email, language in (("ana@example.org", "es"), ("joao@example.org", "pt"), ("rose@example.org", "en")):
        subscribed(email, language)

    shown = secretary.get(page(draft, "preview/"))
    answer = secretary.post(page(draft, "send/"), follow=True)
    for _ in range(3):
        copies.write_due()
        send_all()
        copies.settle()

    assert (shown.context["without"], shown.context["gaps"]) == (1, ["en", "fr"])
    assert answer.status_code == 200
    got = {letter["To"].addresses[0].addr_spec: letter for letter in postbox.letters}
    assert len(postbox.letters) == 3
    assert {address: letter["Subject"] for address, letter in got.items()} == {
        "ana@example.org": WORDS["es"][0],
        "joao@example.org": WORDS["pt"][0],
        "rose@example.org": WORDS["es"][0],
    }
    assert [letter["List-Unsubscribe-Post"] for letter in got.values()] == ["List-Unsubscribe=One-Click"] * 3
    text, html = got["ana@example.org"].iter_parts()
    assert "sus vecinos (https://red.example/es/)" in text.get_content()
    assert '<a href="https://red.example/es/" rel="noopener external">sus vecinos</a>' in html.get_content()
    assert "<strong>Riberas</strong>" in html.get_content()
    draft.refresh_from_db()
    assert (draft.state, draft.addressed, set(states().values())) == ("sent", 3, {"sent"})
    entry = history.of(draft).get(verb="newsletter sent")
    assert (entry.by, entry.details) == (network.secretary, {"segment": "Toda la red", "addressed": 3})


def test_a_newsletter_is_sent_once_however_often_the_button_is_pressed(draft, secretary):
    subscribed("ana@example.org")

    secretary.post(page(draft, "send/"))
    again = secretary.post(page(draft, "send/"), follow=True)
    copies.write_due()
    copies.write_due()

    assert "said-by-us" in again.text
    assert Copy.objects.count() == Letter.objects.count() == 1


def test_a_segment_that_means_nobody_cannot_be_sent_to(draft, secretary):
    subscribed("left@example.org")
    lists.leave(lists.place_of(LIST, "left@example.org"))

    shown = secretary.get(page(draft, "preview/"))
    answer = secretary.post(page(draft, "send/"), follow=True)

    assert "send/" not in shown.text
    assert "said-by-us" in answer.text
    assert (Issue.objects.get().state, Copy.objects.count()) == ("draft", 0)


def test_without_words_in_the_default_language_nothing_is_sent(network, draft, everybody):
    subscribed("ana@example.org")
    issues.write(issue=draft, words={"pt": WORDS["pt"]}, segment=everybody, by=network.secretary)

    with pytest.raises(issues.NoWords):
        issues.send(issue=draft, by=network.secretary)

    assert Issue.objects.get().state == "draft"


def test_a_subject_with_line_breaks_makes_no_header_of_its_own(draft, secretary, everybody, postbox):
    subscribed("ana@example.org")
    broken = {"subject_es": "Hola\r\nBcc: all@example.org\r\n\r\nX", "text_es": "Hola", "segment": everybody.pk}

    secretary.post(page(draft), broken)
    secretary.post(page(draft, "send/"))
    copies.write_due()
    send_all()

    (got,) = postbox.letters
    assert (got["Subject"], got["Bcc"]) == ("Hola Bcc: all@example.org X", None)


@pytest.mark.parametrize(
    "wrong",
    [{"subject_es": "Sin texto"}, {"text_es": "Sin asunto"}, {"subject_es": "A" * 10_000, "text_es": "x"}],
    ids=["no text", "no subject", "10,000 letters"],
)
def test_half_a_language_is_told_beside_its_field_and_nothing_is_lost(draft, secretary, wrong):
    answer = secretary.post(page(draft), wrong)

    assert (answer.status_code, "errorlist" in answer.text) == (422, True)
    assert next(iter(wrong.values())) in answer.text
    assert {text.language: (text.subject, text.text) for text in draft.texts.all()} == WORDS


def test_a_test_goes_to_oneself_in_each_language_and_to_nobody_else(draft, secretary):
    subscribed("ana@example.org")

    secretary.post(page(draft, "test/"))

    assert {(letter.to, letter.language) for letter in Letter.objects.all()} == {
        ("secretary@example.org", "es"),
        ("secretary@example.org", "pt"),
    }
    assert not Copy.objects.exists()


def test_paused_it_writes_nothing_and_goes_on_where_it_was(network, draft, settings, secretary):
    settings.NEWSLETTERS_A_MINUTE = 2
    for number in range(5):
        subscribed(f"{number}@example.org")
    issues.send(issue=draft, by=network.secretary)

    assert (copies.write_due(), copies.write_due()) == (2, 0)  # what a minute bears
    secretary.post(page(draft, "decide/"), {"deed": "pause"})
    Copy.objects.filter(written_at__isnull=False).update(written_at=timezone.now() - dt.timedelta(minutes=2))
    assert copies.write_due() == 0
    secretary.post(page(draft, "decide/"), {"deed": "go_on"})
    assert copies.write_due() == 2
    secretary.post(page(draft, "decide/"), {"deed": "stop"})
    Copy.objects.filter(written_at__isnull=False).update(written_at=timezone.now() - dt.timedelta(minutes=2))

    assert copies.write_due() == 0
    assert (Issue.objects.get().state, Letter.objects.count()) == ("stopped", 4)
    assert "http-equiv" not in secretary.get(page(draft)).text


def test_who_leaves_or_erases_herself_meanwhile_gets_nothing(network, draft):
    for name in ("left", "erased", "stays"):
        subscribed(f"{name}@example.org")
    issues.send(issue=draft, by=network.secretary)
    lists.leave(lists.place_of(LIST, "left@example.org"))
    Subscriber.objects.filter(email="erased@example.org").delete()

    copies.write_due()

    assert states() == {"left@example.org": "left", "stays@example.org": "written"}
    assert [letter.to for letter in Letter.objects.all()] == ["stays@example.org"]


@pytest.mark.parametrize(
    ("reason", "is_put_aside"),
    [
        ("550 5.1.1 nobody of this name", True),
        ("550 no such user", True),
        ("ValueError: a broken address", True),
        ("550 5.7.1 no spam here", False),
        ("552 5.2.2 mailbox full", False),
        ("554 5.7.1 your server is on a list", False),
        ("451 4.3.0 try later", False),
    ],
)
def test_only_an_address_that_is_refused_itself_is_put_aside(network, draft, reason, is_put_aside):
    subscribed("ana@example.org")
    issues.send(issue=draft, by=network.secretary)
    copies.write_due()
    Letter.objects.update(state=LetterState.FAILED, reason=reason)

    copies.settle()
    copies.settle()

    copy, subscriber = Copy.objects.get(), Subscriber.objects.get()
    assert (copy.state, copy.reason) == ("refused", reason)
    assert (subscriber.ended_at is not None, subscriber.reason) == (is_put_aside, reason if is_put_aside else "")
    assert Subscriber.objects.with_consent().count() == (0 if is_put_aside else 1)
    assert Issue.objects.get().state == "sent"


def test_a_doubtful_letter_is_listed_and_may_become_sent(network, draft, secretary):
    subscribed("ana@example.org")
    issues.send(issue=draft, by=network.secretary)
    copies.write_due()
    Letter.objects.update(state=LetterState.DOUBTFUL, reason=sending.LOST)

    copies.settle()
    assert sending.LOST in secretary.get(page(draft)).text
    Letter.objects.update(state=LetterState.SENT, text="")
    copies.settle()

    assert states() == {"ana@example.org": "sent"}


def test_of_an_old_newsletter_numbers_stay_and_no_addresses(network, draft, secretary):
    subscribed("ana@example.org")
    issues.send(issue=draft, by=network.secretary)
    copies.write_due()
    Letter.objects.update(state=LetterState.SENT, text="")
    copies.settle()
    Issue.objects.update(closed_at=timezone.now() - dt.timedelta(days=91))

    forgetting.forget_old()

    assert not Copy.objects.exists()
    assert issues.counts_of(Issue.objects.get())[CopyState.SENT] == 1


def test_what_was_sent_cannot_be_rewritten(network, draft, everybody):
    subscribed("ana@example.org")
    issues.send(issue=draft, by=network.secretary)

    with pytest.raises(issues.NotADraft):
        issues.write(issue=draft, words={}, segment=everybody, by=network.secretary)

    assert draft.texts.count() == 2


def test_a_segment_asks_each_field_and_counts_only_who_agreed(network):
    ana, joao, rose = (
        subscribed(f"{name}@example.org", language) for name, language in (("a", "es"), ("j", "pt"), ("r", "en"))
    )
    for row, name in ((ana, "Ana Ribera"), (joao, "João Mar"), (rose, "Rose Hill")):
        Subscriber.objects.filter(pk=row.pk).update(person=network.people[name])
    membership = network.cities["Riberas"].network_membership
    membership.focal_point = network.people["Ana Ribera"]
    membership.save(update_fields=["focal_point"])
    subscribed("stranger@example.org", "fr")

    def meant(**choices):
        return "".join(sorted(email[0] for email in segments.contacts(choices).values_list("email", flat=True)))

    assert meant() == "ajrs"
    assert meant(languages=["es", "pt"]) == "aj"
    assert meant(countries=["EC"]) == "ajr"
    assert meant(membership=["member"]) == "ajr"
    assert meant(membership=["left"]) == ""
    assert meant(sizes=["50000-200000"]) == "r"
    assert meant(roles=["focal_point"]) == "a"
    assert meant(roles=["mayor"]) == ""
    assert meant(sectors=["public"], languages=["pt"]) == "j"
    assert meant(sectors=["academia"]) == ""
    assert meant(types=["11"]) == "ajr"
    lists.leave(lists.place_of(LIST, "a@example.org"))
    assert meant(countries=["EC"]) == "jr"


def test_a_segment_is_looked_at_before_it_is_saved_and_its_name_is_its_own(network, secretary, everybody):
    subscribed("ana@example.org")
    new = "/es/workspace/newsletters/segments/new/"

    look = secretary.post(new, {"name": "Toda la red", "languages": ["es"], "deed": "look"})
    taken = secretary.post(new, {"name": "Toda la red", "deed": "keep"})
    strange = secretary.post(new, {"name": "Otra", "languages": ["xx"], "deed": "keep"})
    secretary.post(new, {"name": "Otra", "languages": ["es"], "deed": "keep"})

    assert "ana@example.org" in look.text
    assert (taken.status_code, strange.status_code) == (422, 422)
    assert dict(Segment.objects.values_list("name", "choices")) == {"Toda la red": {}, "Otra": {"languages": ["es"]}}


@pytest.mark.parametrize(
    "path", ["", "segments/", "segments/{segment}/", "subscribers/", "{issue}/preview/", "{issue}/"]
)
def test_pages_ask_as_much_for_3_rows_as_for_30(network, draft, everybody, secretary, path):
    path = "/es/workspace/newsletters/" + path.format(issue=draft.pk, segment=everybody.pk)

    def queries():
        with CaptureQueriesContext(connection) as asked:
            assert secretary.get(path).status_code == 200
        return len(asked)

    for number in range(3):
        subscribed(f"{number}@example.org")
    issues.send(issue=draft, by=network.secretary)
    for _ in range(2):
        issues.write(issue=issues.begin(by=network.secretary), words=WORDS, segment=everybody, by=network.secretary)
    few = queries()
    Subscriber.objects.bulk_create(subscriber(number) for number in range(27))
    for number in range(27):
        issues.write(issue=issues.begin(by=network.secretary), words=WORDS, segment=everybody, by=network.secretary)
        segments.save_segment(segment=Segment(), name=str(number), choices={}, by=network.secretary)

    assert (queries(), few <= 12) == (few, True)


def test_a_letter_is_markdown_whose_markup_is_words_and_whose_links_lead_here(settings):
    settings.SITE_URL = "https://plaza.example"
    hostile = "<script>x</script> [a](javascript:alert(1)) [b](/es/meetings/)\n\n# A\n\n- **1**\n- 2"

    assert as_html(hostile) == (
        "<p>&lt;script&gt;x&lt;/script&gt; [a](javascript:alert(1))"
        ' <a href="https://plaza.example/es/meetings/">b</a></p>\n'
        "<h2>A</h2>\n<ul>\n<li><strong>1</strong></li>\n<li>2</li>\n</ul>\n"
    )
    assert as_text("# A\n[w](https://x.example/) **s** [b](/es/)") == (
        "A\nw (https://x.example/) s b (https://plaza.example/es/)\n"
    )


def test_a_line_of_nothing_but_brackets_is_read_at_once():
    for sign in ("[", "*", "https://", "[a](", "**a"):
        as_html(sign * 20_000)


def test_nobody_else_finds_it(network, client, draft):
    client.force_login(network.member)

    assert client.get("/es/workspace/newsletters/").status_code == 404
    assert client.post(page(draft, "send/")).status_code == 404
    assert plain(client.get("/es/newsletter/")) != ""
