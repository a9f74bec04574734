"""People whom a decision of ours made. Here and not in the directory, for a transcript may have come to need them too."""

from collections.abc import Iterable

from django.db.models import ProtectedError

from plaza.directory.models import Person


def forget_people(made: Iterable[int | None]) -> None:
    """Takes away those who were made for a row or a proposal, where nothing else has come to need them."""
    # A record that became part of another keeps its address; who asked not to be named stays so, whatever comes again.
    for person in Person.objects.standing().filter(pk__in=[pk for pk in made if pk], user=None, is_withdrawn=False):
        kept = (person.memberships, person.focal_points, person.segments, person.merged, person.expertise)
        if not any(each.exists() for each in kept):
            try:
                person.delete()
            except ProtectedError:
                continue
