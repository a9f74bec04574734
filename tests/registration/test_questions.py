"""A meeting's own questions: four kinds, four languages, and files of strangers."""

import io
import zipfile

import pytest
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import SimpleUploadedFile

from plaza.registration.domain import answers, desks, personal
from plaza.registration.models import Answer, Question, Registration
from tests.registration.conftest import FORM, last_letter, link_in

pytestmark = pytest.mark.django_db
URL = "/es/workspace/meetings/river/registration/questions/"
PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"


@pytest.fixture
def ask(desk, network, client):
    """`ask(kind, …)` → a question, added on its page."""

    def ask(kind, label="¿Qué?", options="", **more):
        client.force_login(network.secretary)
        given = {"kind": kind, "label_es": label, "options_es": options, **more}
        answer = client.post(f"{URL}new/", given)
        client.logout()
        return Question.objects.order_by("-pk").first() if answer.status_code == 302 else answer

    return ask


def zipped():
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as packed:
        packed.writestr("a.csv", "x" * 1000)
    return data.getvalue()


def test_answers_of_every_kind_are_kept_and_read_in_every_language(ask, send, client, network):
    text = ask("text", is_required="on")
    choice = ask("choice", "¿Cuándo?", "Lunes\nMartes", label_pt="Quando?", options_pt="Segunda\nTerça")
    several = ask("several", "¿Qué talleres?", "Agua\nCalor\nBasura")
    file = ask("file", "Una carta")
    page = client.get("/pt/meetings/river/register/").text
    assert ("Quando?" in page, "Terça" in page, "Calor" in page) == (True, True, True)

    assert list(send().context["form"].errors) == [f"q{text.pk}"]
    send(
        **{
            f"q{text.pk}": "Porque sim",
            f"q{choice.pk}": "1",
            f"q{several.pk}": ["0", "2"],
            f"q{file.pk}": SimpleUploadedFile("../carta\r\n.pdf", PDF, "text/html"),
        }
    )

    assert list(Answer.objects.order_by("question__position").values_list("value", "media_type")) == [
        ("Porque sim", ""), (1, ""), ([0, 2], ""), (None, "application/pdf")
    ]  # fmt: skip
    client.force_login(network.secretary)
    row = Registration.objects.get()
    seen = client.get(f"/pt/workspace/meetings/river/registered/{row.pk}/").text
    assert ("Terça" in seen, "Agua, Basura" in seen) == (True, True)
    got = client.get(f"/pt/workspace/meetings/river/answers/{Answer.objects.exclude(file='').get().pk}/")
    assert (got["Content-Type"], got["X-Content-Type-Options"], b"".join(got.streaming_content)) == (
        "application/pdf", "nosniff", PDF
    )  # fmt: skip
    assert got["Content-Disposition"].startswith("attachment; filename=")


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("people.csv", zipped()),
        ("people.csv", b"name,city\nAna\0,Riberas\n"),
        ("late.txt", b"x" * 70_000 + b"\0" * 10),
        ("empty.pdf", b""),
        ("page.pdf", b"<html><script>alert(1)</script>"),
        ("program.pdf", b"MZ\x90\x00"),
        ("large.pdf", PDF + b"0" * (answers.MOST_BYTES + 1)),
    ],
    ids=["zip named .csv", "NUL bytes", "NUL bytes at the end", "empty", "web page", "program", "too large"],
)
def test_a_file_that_is_not_taken_gets_a_sentence_and_nothing_typed_is_lost(ask, send, name, data):
    question = ask("file")

    answer = send(**{f"q{question.pk}": SimpleUploadedFile(name, data)})

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [f"q{question.pk}"])
    assert 'value="Inês Souza"' in answer.text
    assert not Registration.objects.exists()


def test_a_new_file_takes_the_place_of_the_old_and_all_go_with_her(
    ask, send, client, django_capture_on_commit_callbacks
):
    question = ask("file", is_required="on")
    send(**{f"q{question.pk}": SimpleUploadedFile("a.pdf", PDF)})
    first = Answer.objects.get().file.name
    change = f"{link_in(last_letter())}change/"
    assert client.post(change, FORM).status_code == 302  # a file is there: none is asked for again
    assert Answer.objects.get().file.name == first

    with django_capture_on_commit_callbacks(execute=True):
        client.post(change, {**FORM, f"q{question.pk}": SimpleUploadedFile("b.txt", b"Hola")})
    second = Answer.objects.get()
    assert (second.file_name, default_storage.exists(first), default_storage.exists(second.file.name)) == (
        "b.txt", False, True
    )  # fmt: skip
    row = Registration.objects.get()
    whom = personal.Whom(user=None, email=row.email, name=row.name)
    with django_capture_on_commit_callbacks(execute=True):
        personal.erase(whom)

    assert not default_storage.exists(second.file.name)


def test_another_wrong_field_asks_for_the_file_again_in_words(ask, send):
    question = ask("file")

    answer = send(name="", **{f"q{question.pk}": SimpleUploadedFile("a.pdf", PDF)})

    assert sorted(answer.context["form"].errors) == ["name", f"q{question.pk}"]


@pytest.mark.parametrize(
    ("given", "beside"),
    [
        ({"kind": "choice", "options_es": "Solo una"}, "options_es"),
        ({"kind": "choice", "options_es": "A\nB", "options_pt": "A"}, "options_pt"),
        ({"kind": "text", "label": ""}, "label_es"),
        ({"kind": "guess"}, "kind"),
    ],
    ids=["one choice", "a choice less in Portuguese", "no words", "a kind there is not"],
)
def test_a_question_that_cannot_be_asked_is_said_beside_its_field(ask, given, beside):
    answer = ask(**given)

    assert (answer.status_code, list(answer.context["form"].errors)) == (422, [beside])


def test_what_was_answered_keeps_its_choices_and_its_kind(ask, send, client, network, desk):
    question = ask("choice", options="Lunes\nMartes")
    send(**{f"q{question.pk}": "1"})
    client.force_login(network.secretary)

    fewer = client.post(f"{URL}{question.pk}/", {"kind": "text", "label_es": "¿Qué?"})
    more = client.post(f"{URL}{question.pk}/", {"kind": "choice", "label_es": "¿Cuál?", "options_es": "Lu\nMa\nMi"})

    assert (fewer.status_code, more.status_code) == (422, 302)
    assert answers.said(Answer.objects.select_related("question").get(), "es") == "Ma"


def test_questions_move_up_and_go_with_their_answers(ask, send, client, network, desk):
    first, second = ask("text", "Uno"), ask("text", "Dos")
    send(**{f"q{first.pk}": "sí"})
    client.force_login(network.secretary)

    client.post(f"{URL}{second.pk}/", {"deed": "up"})
    assert list(desk.questions.values_list("label", flat=True)) == ["Dos", "Uno"]
    client.post(f"{URL}{first.pk}/", {"deed": "remove"})

    assert (list(desk.questions.values_list("label", flat=True)), Answer.objects.count()) == (["Dos"], 0)
    assert desks.desk_of(desk.meeting) == desk
