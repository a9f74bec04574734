"""Lists of letters that one can leave, and leaving them: with one click, by a signed link, without an account."""

import hashlib
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
    """`label` names it for people: “what is new in the network”."""

    label: str | Promise


# Packages that write letters nobody asked for one by one add their list here.
lists: Final[Registry[MailingList]] = Registry("the lists one can leave")


@dataclass(frozen=True, slots=True)
class Place:
    """Somebody's place on a list, as a signed link names it. The link holds no address."""

    list_name: str
    address_hash: str

    @property
    def label(self) -> str:
        return str(lists[self.list_name].label)

    @property
    def was_left(self) -> bool:
        return Leaver.objects.filter(list_name=self.list_name, address_hash=self.address_hash).exists()


def place_of(list_name: str, address: str) -> Place:
    return Place(list_name, hashlib.sha256(address.strip().lower().encode()).hexdigest())


def place_named(signed: str) -> Place | None:
    """Whose link it is; None for a link that was not signed here, or of a list there is no more."""
    try:
        name, address_hash = signing.loads(signed, salt=SALT)
    except (signing.BadSignature, ValueError, TypeError):
        return None
    return Place(str(name), str(address_hash)) if name in lists else None


def leave(place: Place) -> None:
    """Leaving twice is leaving once."""
    Leaver.objects.get_or_create(list_name=place.list_name, address_hash=place.address_hash)


def come_back(place: Place) -> None:
    Leaver.objects.filter(list_name=place.list_name, address_hash=place.address_hash).delete()


def leaving_headers(place: Place) -> dict[str, str]:
    """RFC 2369 and RFC 8058. To be called in the language of the letter: the page speaks it too."""
    link = absolute(reverse("mail:leave", args=[signing.dumps([place.list_name, place.address_hash], salt=SALT)]))
    return {"List-Unsubscribe": f"<{link}>", "List-Unsubscribe-Post": "List-Unsubscribe=One-Click"}
