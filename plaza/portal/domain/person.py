"""What a person said, and where."""

from django.db.models import QuerySet

from plaza.accounts.access import Asker
from plaza.directory.models import Person
from plaza.meetings.models import Appearance
from plaza.portal.domain.stage import appearances_visible_to


def said_by_person(person: Person, user: Asker) -> "QuerySet[Appearance]":
    return appearances_visible_to(user).filter(person=person)
