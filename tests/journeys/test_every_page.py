"""Every page, for everybody: no findings of axe, nothing to scroll sideways (a page stands in each language at a phone's or a
desk's width; with `make sights` in both schemes). That nothing leaves the host or
complains is looked at by `visit` itself."""

import itertools
import os

import pytest
from django.urls import URLPattern, get_resolver, resolve
from django.utils.translation import override

from tests.journeys.conftest import TELL_OF_POLICY, watch
from tests.journeys.looking import faults
from tests.portal.test_pages import PAGES

# Not in the group of the other journeys: together they would keep one of two workers busy long after the other.
pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("sights")]

WORKSPACE = [
    *("/workspace/", "/workspace/recordings/new/", "/workspace/asked/", "/workspace/pages/"),
    "/workspace/calendars/",
    *("/workspace/corrections/", "/workspace/letters/", "/workspace/lost-links/"),
    *("/workspace/records/", "/workspace/records/people/", "/workspace/records/people/new/"),
    "/workspace/records/people/sheet/",
    *("/workspace/invitations/", "/workspace/claims/", "/workspace/people/ana-ribera/", "/cities/riberas/desk/"),
    *("/account/", "/account/again/", "/account/password/", "/account/address/", "/account/address/code/"),
    *("/account/second-step/", "/account/sessions/", "/account/data/", "/account/erase/", "/account/places/"),
    "/people/ana-ribera/claim/",
    *("/account/page/", "/workspace/accounts/", "/workspace/twins/", "/workspace/twins/ana-ribera/luis-prado/"),
    *(
        "/workspace/people/ana-ribera/page/",
        "/workspace/settings/",
        "/workspace/own-pages/",
        "/workspace/own-pages/new/",
    ),
    *("/account/registrations/", "/account/certificates/", "/workspace/meetings/river/certificates/"),
    "/account/registrations/",
    *("/meetings/river/live/moderate/", "/workspace/meetings/river/live/", "/workspace/live/"),
    *("/workspace/meetings/", "/workspace/new-meeting/", "/workspace/meetings/river/"),
    *(
        f"/workspace/meetings/river/{page}/"
        for page in ("texts", "about", "hours", "zone", "places", "organisers", "online", "sessions/new", "sessions/1")
    ),
    *("/workspace/attendance/", "/workspace/meetings/river/attendance/"),
    *("/newsletter/", "/account/newsletter/", "/workspace/newsletters/", "/workspace/newsletters/segments/"),
    *("/workspace/newsletters/segments/new/", "/workspace/newsletters/subscribers/", "/workspace/statistics/"),
]
# They answer with another page, with none, or with a document for machines.
NO_PAGES = {
    *("publish-recording", "decide-asked", "results-json", "answer-json", "decide", "accept-sure"),
    *("decide-correction", "decide-letter", "lost-links-sheet", "propose-bulk", "export", "ledger", "put-aside"),
    *("withdraw-invitation", "answer-joining", "decide-claim", "account_logout", "account_inactive", "account_signup"),
    *("second-step-change", "data-json", "manifest", "move-page", "statistics-sheet"),
    *("move", "tell", "overview-sheet", "meeting-sheet"),
    *("calendar", "calendar-of-meeting", "calendar-of-topic", "calendar-of-series", "calendar-of-city"),
    *("new-issue", "try-issue", "send-issue", "decide-issue", "may-be-one", "name-or-hide", "part-again"),
    *("registered-sheet", "answer-file"),
    *("certificates-sheet", "course-sheet", "certificate-pdf"),
    *("registered-sheet", "answer-file", "live-enter", "live-state", "live-asked-sheet"),
    *("go-in", "end-online", "decide-recording"),
    *("registered-sheet", "answer-file", "own-calendar", "calendar-of-mine"),
}
# Looked at where there is something to look at: test_secretary_reads_an_old_page, …mends_lost_links, …keeps_records,
# test_somebody_named_asks_for_a_correction, test_somebody_comes_in, test_secretary_writes_to_the_network.
ELSEWHERE = {"review", "followed", "request", "leave", "work", "lost-link", "edit-record", "sheet", "bulk"}
ELSEWHERE |= {"account_confirm_login_code", "second-step", "invited", "institution-desk", "record-history"}
# test_secretary_changes_the_face.
ELSEWHERE |= {"page", "edit-page", "page-version"}
# tests/ingest/test_calendars.
ELSEWHERE |= {"brought-calendar"}
ELSEWHERE |= {"confirm", "issue", "preview-issue", "segment"}
# test_a_city_joins_and_hands_over.
ELSEWHERE |= {"apply", "application", "applications", "application-desk", "city-about", "member-cities", "membership"}
ELSEWHERE |= {"hand-over", "hand-over-next", "hand-overs", "hand-over-desk"}
# Where there is one.
ELSEWHERE |= {"organisation", "account-desk"}
# test_somebody_registers_and_comes.
ELSEWHERE |= {
    "register",
    "my-registration",
    "change",
    "invited",
    "registered",
    "registration",
    "new-question",
    "question",
}
ELSEWHERE |= {"door", "door-code"}
# test_two_people_ask_in_the_room.
ELSEWHERE |= {"live", "moderate-question", "moderate-new-poll", "moderate-poll"}
# test_a_meeting_happens_online.
ELSEWHERE |= {"join-online"}
# test_secretary_closes_a_meeting.
ELSEWHERE |= {"report"}
# test_somebody_gets_a_certificate.
ELSEWHERE |= {"verified", "my-certificate", "certificate", "certificate-by-hand", "course"}
LANGUAGES = ["es", "pt", "en", "fr"]
# Each language light and dark, both at the width of a phone or of a desk.
SIGHTS = [
    (language, dark, 360 if dark == (position % 2 == 1) else 1280)
    for (position, language), dark in itertools.product(enumerate(LANGUAGES), [False, True])
]

LINES_OF_THE_MENU = "new Set([...document.querySelectorAll('.top nav:first-of-type li')].map(li => li.offsetTop)).size"


def test_these_are_all_the_pages_there_are():
    with override("es"):
        in_languages = [tree for tree in get_resolver().url_patterns if str(tree.pattern) == "es/"]
        named = {name for tree in in_languages for name in names(tree)}
        seen = {resolve(f"/es{page}".partition("?")[0]).url_name for page in (*PAGES, *WORKSPACE)}

    assert named - NO_PAGES - ELSEWHERE == seen


def names(tree):
    if isinstance(tree, URLPattern):
        return {tree.name}
    return {name for branch in tree.url_patterns for name in names(branch)}


@pytest.mark.parametrize(("language", "dark", "width"), SIGHTS)
def test_axe_finds_nothing_on_any_page(heard, visit, language, dark, width):
    secretary = visit(language=language, dark=dark, width=width, user=heard.secretary)
    visitor = visit(language=language, dark=dark, width=width)
    found = {}

    for page, addresses in ((visitor, PAGES), (secretary, WORKSPACE)):
        for address in looked_at(addresses, language, dark):
            found |= faults(page, f"/{language}{address}")

    assert found == {}
    if width == 1280:
        # Of those who run the network, for their menu is the longest.
        assert secretary.evaluate(LINES_OF_THE_MENU) == 1


def looked_at(pages, language, dark):
    """Each page in each language, light in one and dark in the next: with `make sights` in both in all of them."""
    if os.environ.get("PLAZA_EVERY_SIGHT"):
        return pages
    return pages[(LANGUAGES.index(language) + dark) % 2 :: 2]


def test_a_page_that_reached_for_another_host_would_be_noticed(network, chromium, live_server):
    wrongs = []
    context = chromium.new_context(base_url=live_server.url)
    context.add_init_script(TELL_OF_POLICY)
    watch(context, live_server.url, wrongs)
    page = context.new_page()
    page.goto("/es/")

    # The browser tells of it a moment after the refusal: on a busy machine, after this page would have been closed.
    page.evaluate(
        "new Promise(told => { addEventListener('securitypolicyviolation', told, { once: true });"
        " fetch('https://elsewhere.example/').catch(() => {}) }).then(() => {})"
    )
    context.close()

    assert f"{live_server.url}/es/: policy: connect-src https://elsewhere.example/" in wrongs
