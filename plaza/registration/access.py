"""Who may stand at the door of a meeting: those who run the network, and whom they put there."""

from typing import Final

from plaza.accounts.access import Asker, is_member, is_staff, the_user
from plaza.core.routes import Rule
from plaza.registration.models import DoorKeeper


def keeps_door(user: Asker, slug: str) -> bool:
    if is_staff(user):
        return True
    return is_member(user) and DoorKeeper.objects.filter(user=the_user(user), desk__meeting__slug=slug).exists()


DOOR: Final = Rule(
    "people at the door of the meeting", lambda user, named: keeps_door(user, str(named.get("slug", "")))
)
