"""Lists of letters that one can leave, and leaving them: with one click, by a signed link, without an account."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.core import signing
from django.urls import reverse
from django.utils.functional import Promise

from plaza.core.registry import Registry
from plaza.core.site import absolute
from plaza.mail.models import Leaver

SALT: Final = "plaza.mail.leave"


@dataclass(frozen=True, slots=True)
class MailingList:
    """`label` names it for people: “what is new in the network”. `of` names one thing that its letters are about, where it
    can be left by itself: “reminders of the meeting …”; None for what there is no more."""

    label: str | Promise
    of: Callable[[str], str | None] | None = None


# Packages that write letters nobody asked for one by one add their list here.
lists: Final[Registry[MailingList]] = Registry("the lists one can leave")


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on a list, or on the part of it that is `about` one thing, as a signed link names it. The link holds
    no address."""

    list_name: str
    address_hash: str
    about: str = ""

    @property
    def label(self) -> str:
        mailing = lists[self.list_name]
        named = mailing.of(self.about) if self.about and mailing.of else None
        return named or str(mailing.label)

    @property
    def was_left(self) -> bool:
        """Who left the whole list left each part of it."""
        rows = Leaver.objects.filter(list_name=self.list_name, address_hash=self.address_hash)
        return rows.filter(about__in={"", self.about}).exists()

    @property
    def link(self) -> str:
        """To leave it by, and to come back. In the language that is spoken now: the page speaks it too."""
        said = [self.list_name, self.address_hash, *([self.about] if self.about else [])]
        return absolute(reverse("mail:leave", args=[signing.dumps(said, salt=SALT)]))


def place_of(list_name: str, address: str, about: str = "") -> Place:
    return Place(list_name, hashlib.sha256(address.strip().lower().encode()).hexdigest(), about)


def place_named(signed: str) -> Place | None:
    """Whose link it is; None for a link that was not signed here, or of a list there is no more."""
    try:
        name, address_hash, *about = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Place(str(name), str(address_hash), str(about[0]) if about else "") if name in lists else None


def leave(place: Place) -> None:
    """Leaving twice is leaving once."""
    Leaver.objects.get_or_create(list_name=place.list_name, address_hash=place.address_hash, about=place.about)


def come_back(place: Place) -> None:
    """To this part; who had left the whole list comes back to all of it, for no part can be had without."""
    rows = Leaver.objects.filter(list_name=place.list_name, address_hash=place.address_hash)
    rows.filter(about__in={"", place.about}).delete()


def leaving_headers(place: Place) -> dict[str, str]:
    """RFC 2369 and RFC 8058. To be called in the language of the letter."""
    return {"List-Unsubscribe": f"<{place.link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
