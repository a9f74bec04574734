"""A subscription follows its account to another address."""

from plaza.accounts.models import User
from plaza.core import history
from plaza.mail.domain import lists
from plaza.newsletters.models import LIST, Subscriber


def follow_address(user: User, old: str) -> None:
    """What she agreed to, and when, stays; so does that she left the letters, at either address. Who agreed at the new
    address too keeps that subscription alone. What was never confirmed follows nobody: anyone may have typed it."""
    rows = {row.email: row for row in Subscriber.objects.select_for_update().filter(email__in=[old, user.email])}
    moving, there = rows.get(old), rows.get(user.email)
    if moving is None or moving.confirmed_at is None:
        return
    place = lists.place_of(LIST, user.email)
    if lists.place_of(LIST, old).was_left:
        lists.leave(place)
    if there is not None and there.confirmed_at is not None and there.ended_at is None:
        moving.delete()
        moving = there
    else:
        if there is not None:
            there.delete()
        moving.email, moving.address_hash = user.email, place.address_hash
        # What a mail server said was said of the old address.
        moving.ended_at, moving.why_ended, moving.reason = None, "", ""
    moving.user = user
    moving.save(update_fields=["email", "address_hash", "ended_at", "why_ended", "reason", "user"])
    history.record(verb="address changed", by=user, subject=moving)
