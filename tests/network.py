"""The tests' cast: three cities, a few people, a recording that is public, one for members, one unpublished."""

import datetime as dt
from dataclasses import dataclass, field

from plaza.accounts.choices import NetworkRole
from plaza.accounts.models import User
from plaza.core.dates import ImpreciseDate
from plaza.core.folding import fold
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.membership import move
from plaza.directory.domain.people import appoint, enrol
from plaza.directory.models import City, Country, Person
from plaza.knowledge.choices import Visibility
from plaza.knowledge.domain.recordings import publish, receive_recording, transcribe
from plaza.knowledge.models import Recording
from plaza.meetings.choices import MeetingKind, MeetingStatus
from plaza.meetings.domain.programme import add_meeting, keep_work, put_on_stage
from plaza.meetings.models import Meeting
from plaza.search.domain.indexing import index_meeting, index_recording

DAY = ImpreciseDate.of_day(dt.date(2026, 3, 12))


def captions(*said: tuple[str, str], language: str = "es", every: float = 5.0) -> bytes:
    """A WebVTT file: (who, what) in turn, five seconds each."""
    cues = [
        f"{_clock(number * every)} --> {_clock((number + 1) * every)}\n<v {who}>{what}\n"
        for number, (who, what) in enumerate(said)
    ]
    return ("WEBVTT\nLanguage: " + language + "\n\n" + "\n".join(cues)).encode()


def _clock(seconds: float) -> str:
    return f"{int(seconds // 3600):02d}:{int(seconds % 3600 // 60):02d}:{seconds % 60:06.3f}"


RIVER = captions(
    ("Ana Ribera", "Buenos días a todas las ciudades de la red."),
    ("Ana Ribera", "Cuando el río crece, las sirenas avisan a los barrios y evacuamos en cuarenta minutos."),
    ("Luis Prado", "El sistema de alerta costó doscientos mil dólares y lo cuidan los vecinos."),
)
BUSES = captions(
    ("João Mar", "Os ônibus elétricos carregam as baterias durante a noite na garagem."),
    ("João Mar", "A tarifa de energia é mais barata de madrugada."),
    language="pt",
)
MARKETS = captions(
    ("Rose Hill", "The market vendors kept their stalls after the fire, each with a numbered card."),
    ("Rose Hill", "Nobody pays more than two dollars a day for a stall."),
    language="en",
)


@dataclass
class Network:
    cities: dict[str, City] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    users: dict[str, User] = field(default_factory=dict)
    recordings: dict[str, Recording] = field(default_factory=dict)
    meetings: dict[str, Meeting] = field(default_factory=dict)

    @property
    def secretary(self) -> User:
        return self.users["secretary"]

    @property
    def member(self) -> User:
        return self.users["member"]


def make_network(*, has_recordings: bool = True) -> Network:
    """`has_recordings` no: nobody has met yet. Ten times as quick, for tests that look at cities and people only."""
    network = Network()
    country = Country.objects.create(
        code="EC", names=dict.fromkeys(("es", "pt", "en", "fr"), "Ecuador"), languages=["es"], currency="USD"
    )
    for name, population in (("Riberas", 300000), ("Porto Mar", 200000), ("Hillside", 90000)):
        city = City.objects.create(
            slug=name.lower().replace(" ", "-"),
            names=dict.fromkeys(("es", "pt", "en", "fr"), name),
            name_sort=fold(name),
            search_names=fold(name),
            country=country,
            population=population,
        )
        move(city=city, to=MembershipStatus.MEMBER, on=dt.date(2025, 1, 1), by=None)
        network.cities[name] = city
    for name, language, city, label in (
        ("Ana Ribera", "es", "Riberas", "Alcaldesa"),
        ("Luis Prado", "es", "Riberas", "Director de riesgos"),
        ("João Mar", "pt", "Porto Mar", "Secretário de mobilidade"),
        ("Rose Hill", "en", "Hillside", "Markets superintendent"),
    ):
        network.people[name] = enrol(name=name, language=language, by=None)
        appoint(person=network.people[name], label=label, language=language, city=network.cities[city], by=None)
    network.users["secretary"] = User.objects.create_user(
        "secretary@example.org", "correct horse", name="Sofía", network_role=NetworkRole.SECRETARIAT
    )
    network.users["member"] = User.objects.create_user("member@example.org", "correct horse", name="Otávio")
    if not has_recordings:
        return network
    add_recording(network, "river", "El río y las sirenas", "es", RIVER)
    add_recording(network, "buses", "Ônibus que carregam à noite", "pt", BUSES, visibility=Visibility.MEMBERS)
    add_recording(network, "markets", "Markets after the fire", "en", MARKETS, is_published=False)
    return network


def add_recording(
    network: Network,
    slug: str,
    title: str,
    language: str,
    file: bytes,
    *,
    visibility: Visibility = Visibility.PUBLIC,
    is_published: bool = True,
) -> Recording:
    """A recording with its meeting, indexed if it is published."""
    recording = receive_recording(
        title=title,
        slug=slug,
        language=language,
        date=DAY,
        visibility=visibility,
        by=None,  # type: ignore[arg-type]
    )
    transcribe(recording=recording, captions=file, speakers=network.people, by=None)
    meeting = add_meeting(
        title=title,
        slug=slug,
        language=language,  # type: ignore[arg-type]
        kind=MeetingKind.WEBINAR,
        date=DAY,
        status=MeetingStatus.DOCUMENTED if is_published else MeetingStatus.DRAFT,
        by=None,
    )
    Meeting.objects.filter(pk=meeting.pk).update(visibility=visibility)
    session = meeting.sessions.get()
    keep_work(session=session, work=recording.work, by=None)
    for person in network.people.values():
        if recording.transcripts.get().segments.filter(person=person).exists():
            put_on_stage(session=session, person=person, city=person.memberships.get().post.city, by=None)
    if is_published:
        recording = publish(recording=recording, by=None)
        index_recording(recording.pk)
        index_meeting(meeting.pk)
    network.recordings[slug] = recording
    network.meetings[slug] = meeting
    return recording
