"""The demo, loaded as `plaza demo` loads it."""

from collections import Counter
from pathlib import Path

import pytest
from django.db import transaction
from django.test import override_settings
from django.utils import timezone

from plaza.attendance.domain.figures import figures_of
from plaza.core.languages import LANGUAGES
from plaza.core.provenance import sources_of
from plaza.demo.archive import load_archive
from plaza.demo.credentials import ACCOUNTS, PASSWORD
from plaza.demo.load import load_demo
from plaza.demo.network import DATA
from plaza.demo.recordings import load_folder
from plaza.demo.summit import load_summit
from plaza.directory.choices import MembershipStatus
from plaza.directory.domain.told_of_people import tell_of
from plaza.directory.models import City, NetworkMembership, Person, Profile
from plaza.formats.page import NotAPage
from plaza.formats.transcript import read
from plaza.ingest.models import Proposal
from plaza.knowledge.models import Recording, Segment, Work
from plaza.meetings.domain.balance import balance_of
from plaza.meetings.models import Appearance, Meeting
from plaza.registration.domain.links import join_path_of
from plaza.registration.models import Registration

# The demo is loaded in one process only.
pytestmark = pytest.mark.xdist_group("demo")

SOUND = DATA / "sound"


@pytest.fixture(scope="module")
def loaded(django_db_setup, django_db_blocker, tmp_path_factory):
    """Once for all of them: it takes some seconds. What a test changes is undone after it, and this after the last."""
    with django_db_blocker.unblock(), transaction.atomic():
        with override_settings(MEDIA_ROOT=tmp_path_factory.mktemp("demo")):
            load_demo()
        yield
        transaction.set_rollback(True)


@pytest.fixture
def demo(loaded, db):
    """As it was loaded."""


def test_the_demo_is_a_network_of_200_cities_and_16_recordings_in_four_languages(demo):
    members = NetworkMembership.objects.filter(status=MembershipStatus.MEMBER)

    assert members.count() == 200
    assert members.filter(city__is_fictional=True).count() == 12
    assert Counter(Work.objects.filter(is_fictional=True).values_list("language", flat=True)) == {
        "es": 4,
        "pt": 4,
        "en": 4,
        "fr": 4,
    }
    assert Recording.objects.exclude(media_file="").count() == 4


def test_recordings_last_from_five_to_twenty_minutes(demo):
    assert all(5 * 60 <= row.duration <= 20 * 60 for row in Recording.objects.all())


def test_no_real_person_or_city_is_given_invented_words(demo):
    said = Segment.objects.filter(person__is_fictional=False) | Segment.objects.filter(
        person__merged_into__isnull=False
    )
    assert not said.exists()
    assert not Recording.objects.filter(work__is_fictional=False).exists()
    real = Meeting.objects.filter(is_fictional=False)
    assert all(source.name == "IDB Cities Network" for meeting in real for source in sources_of(meeting))
    assert not Appearance.objects.filter(person__is_fictional=False, session__meeting__is_fictional=True).exists()
    assert not Appearance.objects.filter(person__is_fictional=True, session__meeting__is_fictional=False).exists()


def test_the_archives_page_is_read_whole(demo):
    told = Meeting.objects.filter(is_fictional=False)

    assert told.count() == 43
    assert Person.objects.filter(is_fictional=False).count() == 43
    assert all(sources_of(meeting) for meeting in told)
    assert not Proposal.objects.waiting().exists()
    series = Meeting.objects.filter(series__title__startswith="Challenges and lessons").order_by("number")
    assert list(series.values_list("number", flat=True)) == list(range(1, 12))
    panel = told.get(title__startswith="The path towards a sustainable")
    assert ([str(city) for city in panel.places.all()], panel.kind) == ([], "panel")  # Madrid is not in our gazetteer
    assert "metro cables" in told.get(title__startswith="Decarbonizing").summary


def test_another_archive_takes_the_place_of_ours_and_a_bad_one_is_said(db, tmp_path):
    page, bad = tmp_path / "page.txt", tmp_path / "bad.txt"
    page.write_text("Mercados abiertos\nTaller, 12 de marzo de 2021\nHablamos de mercados y de puestos.\nNotas")
    bad.write_bytes(bytes(range(256)) * 99)

    assert load_archive(page) == 1
    with pytest.raises(NotAPage):
        load_archive(bad)


def test_every_line_but_questions_from_the_floor_is_said_by_somebody_of_the_cast(demo):
    unknown = Segment.objects.filter(person=None).values_list("speaker_label", flat=True).distinct()

    assert set(unknown) <= {"Question from the floor"}


def test_every_title_and_summary_stands_in_four_languages(demo):
    for work in Work.objects.filter(is_fictional=True).prefetch_related("translations"):
        for language in ("es", "pt", "en", "fr"):
            assert work.words("title", language).language == language, (work.slug, language)
            assert work.words("summary", language).language == language, (work.slug, language)


def test_loading_the_demo_twice_adds_nothing(demo):
    before = (City.objects.count(), Person.objects.count(), Work.objects.count(), Segment.objects.count())

    load_demo()

    assert (City.objects.count(), Person.objects.count(), Work.objects.count(), Segment.objects.count()) == before


def test_the_demos_accounts_can_sign_in(demo, client):
    for email, *_ in ACCOUNTS:
        assert client.login(username=email, password=PASSWORD), email


def test_the_sound_weighs_at_most_five_megabytes():
    files = list(SOUND.glob("*.mp3"))

    assert len(files) == 4
    assert sum(file.stat().st_size for file in files) <= 5_000_000


def judged(name):
    """Of the demo's own questions, and of those that others wrote."""
    files = [DATA / folder / name for folder in (".", "by_others", "kept_aside")]
    return [line.split("\t") for file in files for line in file.read_text("utf-8").splitlines()]


def test_each_question_of_the_demo_quotes_words_that_are_said():
    said = {
        file.name.split(".")[0]: " ".join(segment.text for segment in read(file.read_bytes()).segments)
        for file in (DATA / "captions").glob("*.vtt")
    }
    rows = judged("questions.tsv") + judged("clear_questions.tsv")

    assert len(rows) == 192 + 104 + 2 * (120 + 120)
    assert {len(row) for row in rows} == {4}
    assert {row[0] for row in rows} == set(said)
    assert [row for row in rows if row[3] not in said[row[0]]] == []


def test_questions_that_nobody_answers_are_of_four_kinds_in_four_languages():
    rows = judged("unanswered.tsv") + judged("clear_unanswered.tsv")
    answered = [row[2] for row in judged("questions.tsv") + judged("clear_questions.tsv")]

    fewest = {"absent": 165, "off-topic": 34, "nonsense": 20, "prompt": 24}
    counts = Counter((row[0], row[1]) for row in rows)
    assert set(counts) == {(kind, language) for kind in fewest for language in LANGUAGES}
    assert [each for each in counts if counts[each] < fewest[each[0]]] == []
    # What is lacking: the subject, a side of it, or only a detail. Refusal is fitted and told by it.
    assert {row[3][:3] for row in rows if row[0] == "absent"} == {"a: ", "b: ", "c: "}
    asked = [row[2].casefold() for row in rows] + [question.casefold() for question in answered]
    assert len(set(asked)) == len(asked)


def test_a_folder_of_real_captions_is_read_and_what_is_none_is_named(db, tmp_path: Path):
    (tmp_path / "b_talk.srt").write_text("1\n00:00:01,000 --> 00:00:04,000\nThe water reaches every street.\n")
    (tmp_path / "a_noise.vtt").write_bytes(bytes(range(256)) * 9)
    (tmp_path / "notes.docx").write_bytes(b"not looked at")

    read = [(file.name, recording is not None, bool(why)) for file, recording, why in load_folder(tmp_path)]

    assert read == [("a_noise.vtt", False, True), ("b_talk.srt", True, False)]
    works = Work.objects.filter(slug__startswith="folder-")  # the demo may stand beside it
    assert list(works.values_list("slug", "title", "language", "is_published")) == [
        ("folder-b_talk", "b talk", "en", True)
    ]
    assert [recording for _, recording, _ in load_folder(tmp_path) if recording] == [works.get().recording]


def test_a_summit_is_to_come_in_four_languages_and_one_may_register(demo):
    summit = Meeting.objects.prefetch_related("translations").get(slug="cumbre-de-las-orillas")
    sessions = summit.sessions.prefetch_related("translations", "appearances__person")

    assert (summit.status, summit.is_fictional) == ("registration-open", True)
    assert summit.starts_at > timezone.now()
    assert summit.registration_desk.seats == 180
    for language in LANGUAGES:
        assert {each.words("title", language).language for each in (summit, *sessions)} == {language}
    assert all(row.person.is_fictional for each in sessions for row in each.appearances.all())
    load_summit({})
    assert Meeting.objects.filter(slug=summit.slug).count() == 1


def test_those_of_the_cast_who_would_declare_their_gender_do_and_some_leave_it_unsaid(demo):
    declared = Counter(Profile.objects.filter(person__is_fictional=True).values_list("gender", flat=True))
    summit = Meeting.objects.get(slug="cumbre-de-las-orillas")

    assert declared == {"woman": 12, "man": 10, "other": 1}
    assert Person.objects.filter(is_fictional=True).count() > sum(declared.values())
    assert not Profile.objects.filter(person__is_fictional=False).exclude(gender="").exists()
    assert [share.count for share in balance_of(summit).genders] == [5, 5, 1, 1]
    module = Meeting.objects.get(slug="curso-alerta-temprana-1")
    assert [n for _, n in figures_of(module).genders] == [1, 1, 0, 1]
    with pytest.raises(PermissionError):  # nobody else is let speak so
        tell_of(person=Person.objects.filter(is_fictional=False).first(), by=None, gender="woman")


def test_one_meeting_is_by_a_link_and_whoever_registered_goes_in(demo, client):
    meeting = Meeting.objects.get(slug="sombra-en-las-paradas")
    client.login(username="membro@demo.example.org", password=PASSWORD)
    page = join_path_of(Registration.objects.get(meeting=meeting, email="membro@demo.example.org"))

    assert "meet.example.org" not in client.get(meeting.get_absolute_url()).text
    assert client.post(page).context["address"] == "https://meet.example.org/sombra-en-las-paradas"
