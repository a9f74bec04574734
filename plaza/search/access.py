"""Which audiences an asker belongs to. The index is asked for these only, and each hit's owner is
asked again: the database decides."""

from plaza.accounts.access import Asker, is_member, is_staff
from plaza.knowledge.choices import Visibility


def audiences_of(user: Asker) -> list[str]:
    if is_staff(user):
        return [Visibility.PUBLIC.value, Visibility.MEMBERS.value, Visibility.PRIVATE.value]
    if is_member(user):
        return [Visibility.PUBLIC.value, Visibility.MEMBERS.value]
    return [Visibility.PUBLIC.value]
