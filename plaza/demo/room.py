"""The room of the demo's summit: open already, for those who want to ask beforehand. Who asks are the demo's own accounts."""

from typing import Any, Final

from django.db import transaction

from plaza.accounts.models import User
from plaza.directory.models import City
from plaza.live.domain import asking, moderating, polls, rooms
from plaza.live.models import Room
from plaza.meetings.models import Meeting
from plaza.registration.domain.registering import Given, register
from plaza.registration.models import Registration

# Address, the city, the sector.
COMING: Final = (
    ("membro@demo.example.org", "porto-das-garcas", "public"),
    ("editora@demo.example.org", "puerto-sereno", "public"),
    ("finances@demo.example.org", "anse-lumiere", "private"),
    ("respuesta@demo.example.org", "valle-hondo", "civil"),
)
# Who asks, in which language, with her name or without, and who seconds it.
ASKED: Final = (
    (0, "pt", True, "Quem avisa os bairros quando a sirene falha de noite?", (1, 2, 3)),
    (2, "fr", True, "Qui paie l’entretien des capteurs après la première année ?", (0, 1)),
    (3, "es", False, "¿Puede empezar una ciudad pequeña solo con mensajes de texto?", (0,)),
    (1, "es", True, "¿Habrá interpretación al portugués en los talleres?", (0,)),
)
ANSWERED: Final = (3, "Sí, en el Salón del Faro. En los talleres ayudan colegas que hablan los dos idiomas.", "es")
POLL: Final = {
    "question": "¿Qué le falta más a su ciudad para avisar a tiempo?",
    "choices": "Dinero\nPersonas\nDatos\nAcuerdo entre oficinas",
    "question_pt": "O que mais falta à sua cidade para avisar a tempo?",
    "choices_pt": "Dinheiro\nPessoas\nDados\nAcordo entre secretarias",
    "question_en": "What does your city need most to warn in time?",
    "choices_en": "Money\nPeople\nData\nAgreement between offices",
    "question_fr": "Que manque-t-il le plus à votre ville pour prévenir à temps ?",
    "choices_fr": "De l’argent\nDes personnes\nDes données\nUn accord entre services",
}
VOTES: Final = (3, 0, 3, 1)


@transaction.atomic
def load_room(meeting: Meeting) -> None:
    """The one that stands is left as it is."""
    if Room.objects.filter(meeting=meeting).exists():
        return
    people = [_register(meeting, *row) for row in COMING]
    room = rooms.open_room(meeting=meeting, by=None)
    questions = []
    for who, language, is_named, words, seconders in ASKED:
        question = asking.ask(room=room, asker=people[who], words=words, language=language, is_named=is_named)
        for each in seconders:
            asking.second(question=question, by=people[each])
        questions.append(question)
    number, words, language = ANSWERED
    moderating.answer(question=questions[number], words=words, language=language, by=None)
    texts: dict[str, Any] = dict(POLL)
    poll = polls.save_poll(
        room=room, poll=None, takes_several=False, shows_while_open=True, by=None, language="es", **texts
    )
    polls.open_poll(poll=poll, by=None)
    for person, choice in zip(people, VOTES, strict=True):
        polls.vote(poll=poll, by=person, chosen=[choice])


def _register(meeting: Meeting, email: str, slug: str, sector: str) -> Registration:
    user = User.objects.get(email=email)
    given = Given(name=user.name, email=email, language=user.language, city=City.objects.get(slug=slug), sector=sector)
    return register(desk=meeting.registration_desk, given=given, by=user)
