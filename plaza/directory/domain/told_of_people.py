"""What a person says of herself, and what she knows."""

from collections.abc import Mapping
from typing import Any

from django.db import transaction
from django.utils import timezone

from plaza.accounts.access import is_staff
from plaza.accounts.models import User
from plaza.core import history
from plaza.core.languages import DEFAULT, LANGUAGES, known
from plaza.core.records import changed
from plaza.core.translations import translate_by_hand
from plaza.directory.access import FIELDS, edits_person
from plaza.directory.choices import Level, StatedBy
from plaza.directory.models import Expertise, Person, Profile
from plaza.topics.models import Topic

WRITTEN = ("languages", "email", "phone", "website", "orcid", "linkedin", "gender")
AUDIENCES = tuple(f"{name}_for" for name in FIELDS)


@transaction.atomic
def tell_of(*, person: Person, by: User | None, bios: Mapping[str, str] | None = None, **values: Any) -> list[str]:
    """`bios` by language; the one in her own language, else the first there is, becomes the words themselves. Returns
    which fields changed; the history names them, and not what stood there. `by` is None where a first loading lets somebody
    invented speak."""
    if _by_whom(person, by) == StatedBy.STAFF:
        values.pop("gender", None)  # nobody declares it for another
    standing = Profile.objects.select_for_update().filter(person=person).first()
    row = standing or Profile(person=person)
    fields = changed(row, values, (*WRITTEN, *AUDIENCES))
    written = [*fields]
    if bios is not None:
        written += changed(row, _own_words(bios, row.language or person.language), ("bio", "language"))
    if standing is None:
        row.save()
    elif written:
        row.save(update_fields=written)
    if bios is not None:
        row.translations.filter(field="bio", language=row.language).delete()
        others = {f"bio_{language}": text for language, text in bios.items() if language != row.language}
        written += translate_by_hand(subject=row, texts=others, by=by)
    if written:
        history.record(verb="page changed", by=by, subject=person, fields=written)
    return written


def _own_words(bios: Mapping[str, str], usual: str) -> dict[str, str]:
    wanted = known(usual) or DEFAULT
    order = [wanted, *(language for language in LANGUAGES if language != wanted)]
    language = next((each for each in order if bios.get(each)), "")
    return {"bio": bios[language], "language": language} if language else {"bio": "", "language": ""}


@transaction.atomic
def state_expertise(
    *, person: Person, topic: Topic, level: Level, by: User, evidence: str = "", link: str = "", language: str = ""
) -> Expertise:
    """What she knows of a topic, by herself or by those who run the network. Said again, the later words stand."""
    stated_by = _by_whom(person, by)
    row, _ = Expertise.objects.update_or_create(
        person=person,
        topic=topic,
        defaults={
            "level": level,
            "evidence": evidence,
            "link": link,
            "language": language,
            "stated_by": stated_by,
            "stated_on": timezone.localdate(),
        },
    )
    history.record(verb="expertise stated", by=by, subject=person, topic=topic.pk)
    return row


@transaction.atomic
def take_back_expertise(*, expertise: Expertise, by: User) -> None:
    """It is about her: she may take back what others said of her too."""
    _by_whom(expertise.person, by)
    history.record(verb="expertise taken back", by=by, subject=expertise.person, topic=expertise.topic_id)
    expertise.delete()


def _by_whom(person: Person, by: User | None) -> StatedBy:
    if person.is_fictional if by is None else edits_person(by, person):
        return StatedBy.PERSON
    if by is not None and is_staff(by):
        return StatedBy.STAFF
    raise PermissionError("a person's page is changed by herself and by those who run the network")
