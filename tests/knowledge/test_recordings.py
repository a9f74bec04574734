import pytest
from django.contrib.auth.models import AnonymousUser

from plaza.core import history
from plaza.formats.refusal import Refused
from plaza.knowledge.domain.reading import Moment, read
from plaza.knowledge.domain.recordings import NoWordsYet, publish, receive_recording, transcribe
from plaza.knowledge.models import Recording, Segment, Work
from tests.network import MARKETS, captions


def test_a_recording_keeps_who_said_what_when(network):
    segments = network.recordings["river"].transcript.segments.values_list(
        "start", "end", "speaker_label", "person__name"
    )

    assert list(segments) == [
        (0.0, 5.0, "Ana Ribera", "Ana Ribera"),
        (5.0, 10.0, "Ana Ribera", "Ana Ribera"),
        (10.0, 15.0, "Luis Prado", "Luis Prado"),
    ]


@pytest.mark.parametrize(
    ("who", "slugs"),
    [
        ("visitor", {"river"}),
        ("member", {"river", "buses"}),
        ("secretary", {"river", "buses", "markets"}),
    ],
)
def test_each_sees_what_is_for_them_and_nothing_else(network, who, slugs):
    user = network.users.get(who, AnonymousUser())

    assert set(Work.objects.visible_to(user).values_list("slug", flat=True)) == slugs
    assert set(Recording.objects.visible_to(user).values_list("work__slug", flat=True)) == slugs


def test_a_closed_account_sees_what_a_visitor_sees(network):
    network.secretary.is_active = False

    assert set(Work.objects.visible_to(network.secretary).values_list("slug", flat=True)) == {"river"}


def test_publishing_twice_publishes_once(network):
    recording = network.recordings["markets"]

    for _ in range(2):
        publish(recording=recording, by=network.secretary)

    assert [entry.verb for entry in history.of(recording.work)].count("published") == 1


def test_a_recording_with_no_transcript_is_not_published(network):
    recording = receive_recording(title="Silencio", language="es", by=None)

    with pytest.raises(NoWordsYet):
        publish(recording=recording, by=None)

    assert not Work.objects.get(pk=recording.work_id).is_published


def test_captions_that_cannot_be_read_leave_the_words_as_they_were(network):
    recording = network.recordings["river"]

    with pytest.raises(Refused):
        transcribe(recording=recording, captions=b"\x00\x01 nothing to read", by=None)

    assert recording.transcript.segments.count() == 3


def test_the_same_captions_again_replace_the_words(network):
    recording = network.recordings["river"]

    transcribe(recording=recording, captions=captions(("Ana Ribera", "Una sola frase de prueba aquí.")), by=None)

    assert list(Segment.objects.filter(transcript__recording=recording).values_list("text", flat=True)) == [
        "Una sola frase de prueba aquí."
    ]


def test_two_recordings_of_one_title_have_two_addresses(network):
    again = receive_recording(title="El río y las sirenas", slug="river", language="es", by=None)

    assert again.work.slug == "river-2"


@pytest.mark.parametrize(
    ("words", "moment"),
    [
        ("12.4", Moment(12.4)),
        ("12.4,18", Moment(12.4, 18.0)),
        ("18,12", None),
        ("-3", None),
        ("nan", None),
        ("1e400", None),
        ("'; DROP TABLE", None),
        ("", None),
    ],
)
def test_a_moment_in_an_address_is_read_or_passed_over(words, moment):
    assert Moment.parse(words) == moment


def test_the_words_of_the_moment_are_marked(network):
    reading = read(network.recordings["river"], moment=Moment(5.0, 10.0))

    assert [(line.anchor, line.is_marked) for turn in reading.turns for line in turn.lines] == [
        ("t=0", False), ("t=5", True), ("t=10", False),
    ]  # fmt: skip


def test_a_long_recording_opens_at_the_part_that_holds_the_moment(network, django_assert_max_num_queries):
    recording = network.recordings["markets"]
    many = captions(*[("Rose Hill", f"Sentence number {n} of a long day.") for n in range(1203)], language="en")
    transcribe(recording=recording, captions=many, by=None)
    recording = Recording.objects.prefetch_related("transcripts").get(pk=recording.pk)

    with django_assert_max_num_queries(4):
        reading = read(recording, moment=Moment(1001 * 5.0 + 1))

    assert (reading.part, reading.parts) == (3, 3)
    assert [line.segment.number for turn in reading.turns for line in turn.lines if line.is_marked] == [1002]


def test_lines_that_begin_together_share_no_anchor(network):
    recording = network.recordings["markets"]
    both = b"WEBVTT\n\n00:01.000 --> 00:03.000\nOne speaks here now\n\n00:01.000 --> 00:04.000\nTwo speaks here too\n"
    transcribe(recording=recording, captions=both, by=None)

    reading = read(Recording.objects.get(pk=recording.pk))

    assert [line.anchor for turn in reading.turns for line in turn.lines] == ["t=1", ""]


def test_the_draft_recording_of_the_cast_has_words(network):
    assert network.recordings["markets"].transcript.language == "en"
    assert MARKETS.startswith(b"WEBVTT")
