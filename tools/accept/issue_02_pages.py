"""What a visitor's pages cost: queries for few rows and for many, and what goes over the line."""

import gzip
import os
from typing import Any, Final

from tools.accept.lines import Line, tell
from tools.bench.installation import scratch_installation

PAGES: Final = (
    "/",
    "/search/?q=evacuar+cuando+crece+el+rio",
    "/search/?q=evacuar+cuando+crece+el+rio&language=es",
    "/recordings/",
    "/recordings/talk-1/",
    "/recordings/talk-1/?t=5,10",
    "/meetings/",
    "/meetings/talk-1/",
    "/cities/",
    "/cities/puerto-sereno/",
    "/cities/?country=EC",
    "/people/",
    "/people/?name=marta",
    "/people/marta-quiroga/",
    "/organisations/",
    "/apply/",
    "/join/",
    "/newsletter/",
    "/tour/",
    "/help/",
    "/sign-in/",
)
LANGUAGES: Final = ("es", "pt", "en", "fr")
# For those who run the network.
WORKSPACE: Final = (
    "/workspace/",
    "/workspace/accounts/",
    "/workspace/applications/",
    "/workspace/asked/",
    "/workspace/claims/",
    "/workspace/corrections/",
    "/workspace/hand-overs/",
    "/workspace/invitations/",
    "/workspace/letters/",
    "/workspace/lost-links/",
    "/workspace/members/",
    "/workspace/newsletters/",
    "/workspace/own-pages/",
    "/workspace/pages/",
    "/workspace/people/marta-quiroga/",
    "/workspace/records/",
    "/workspace/records/meetings/",
    "/workspace/settings/",
    "/workspace/statistics/",
    "/workspace/twins/",
    "/account/",
    "/account/page/",
)
FEW, MANY = 3, 300
CAPTIONS: Final = (
    b"WEBVTT\n\n00:01.000 --> 00:05.000\n<v Marta Quiroga>Cuando crece el agua, la sirena avisa al barrio.\n"
)


def find_out() -> list[Line]:
    os.environ["PLAZA_STAFF_TOTP"] = "false"  # the workspace is measured too
    with scratch_installation():
        return _measured()


def _measured() -> list[Line]:
    from plaza.demo.network import load_cities, load_people  # needs settings
    from plaza.directory.domain.gazetteer import load_gazetteer  # needs settings
    from plaza.topics.domain.vocabulary import load_topics  # needs settings

    load_topics()
    load_gazetteer()
    load_cities()
    people = load_people()
    for number in range(1, FEW + 1):
        _add_talk(number, people)
    few = _queries()
    tell(f"adding talks until there are {MANY}")
    for number in range(FEW + 1, MANY + 1):
        _add_talk(number, people)
    many = _queries()
    heaviest = max(_weights(), key=lambda row: row[1])
    grown = [page for page in many if many[page] != few[page]]
    dearest = max(many, key=lambda page: many[page])
    return [
        Line(
            f"SQL queries of the dearest of {len(many)} pages, of the workspace too",
            "<= 12",
            f"{many[dearest]} ({dearest})",
            max(many.values()) <= 12,
        ),
        Line(
            f"pages whose queries differ between {FEW} and {MANY} rows", "none", ", ".join(grown) or "none", not grown
        ),
        Line(
            "first view of the heaviest public page, style and script included",
            "<= 60 KB gz",
            f"{heaviest[1] / 1000:.1f} KB ({heaviest[0]})",
            heaviest[1] <= 60_000,
        ),
    ]


def _add_talk(number: int, people: dict[str, Any]) -> None:
    from plaza.core.dates import ImpreciseDate  # needs settings
    from plaza.knowledge.domain.recordings import publish, receive_recording, transcribe  # needs settings
    from plaza.meetings.choices import MeetingKind, MeetingStatus  # needs settings
    from plaza.meetings.domain.programme import add_meeting, keep_work, put_on_stage  # needs settings
    from plaza.search.domain.indexing import index_meeting, index_recording  # needs settings

    date = ImpreciseDate.of_year(2000 + number % 26)
    title, slug = f"Charla {number}", f"talk-{number}"
    recording = receive_recording(title=title, slug=slug, language="es", date=date, by=None)
    transcribe(recording=recording, captions=CAPTIONS, speakers=people, by=None)
    meeting = add_meeting(
        title=title,
        slug=slug,
        language="es",
        kind=MeetingKind.WEBINAR,
        date=date,
        status=MeetingStatus.DOCUMENTED,
        by=None,
    )
    session = meeting.sessions.get()
    keep_work(session=session, work=recording.work, by=None)
    marta = people["Marta Quiroga"]
    put_on_stage(session=session, person=marta, city=marta.memberships.get().post.city, by=None)
    publish(recording=recording, by=None)
    index_recording(recording.pk)
    index_meeting(meeting.pk)


def _queries() -> dict[str, int]:
    from django.db import connection  # needs settings
    from django.test import Client  # needs settings
    from django.test.utils import CaptureQueriesContext  # needs settings

    from plaza.accounts.models import User  # needs settings
    from plaza.core.kept_pages import pages  # needs settings

    visitor, secretary = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    secretary.force_login(
        User.objects.get_or_create(email="s@example.org", defaults={"network_role": "secretariat", "name": "S"})[0]
    )
    counted = {}
    for page in (*PAGES, *WORKSPACE):
        asker = secretary if page in WORKSPACE else visitor
        asker.get(f"/es{page}")  # what Django asks once a process
        pages.clear()
        with CaptureQueriesContext(connection) as asked:
            response = asker.get(f"/es{page}")
        if response.status_code != 200:
            raise RuntimeError(f"{page} answered {response.status_code}")
        counted[page] = len(asked)
    return counted


def _weights() -> list[tuple[str, int]]:
    from django.contrib.staticfiles import finders  # needs settings
    from django.test import Client  # needs settings

    files = [finders.find(f"ui/{name}") for name in ("plaza.css", "app.js", "player.js")]
    beside = sum(_gz(open(str(file), "rb").read()) for file in files)  # noqa: SIM115 three small files
    visitor = Client(SERVER_NAME="localhost")
    return [
        (f"/{language}{page}", _gz(visitor.get(f"/{language}{page}").content) + beside)
        for language in LANGUAGES
        for page in PAGES
    ]


def _gz(data: bytes) -> int:
    return len(gzip.compress(data, 6))
