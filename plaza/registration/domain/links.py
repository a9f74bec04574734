"""Secret links: hers to her registration, the one in her QR code for the door, and an invitation's."""

import segno
from django.urls import reverse
from django.utils import translation
from django.utils.safestring import SafeString, mark_safe

from plaza.core import secret_links
from plaza.core.site import absolute
from plaza.meetings.models import Meeting
from plaza.registration.models import Invitation, Registration


def token_of(registration: Registration) -> str:
    """The secret of her own link. Made of our key and her uuid, and kept as a hash only."""
    return secret_links.token_of("plaza.registration", registration.uuid)


def door_code_of(registration: Registration) -> str:
    """Another secret than her link: a code that is shown around opens nothing of hers."""
    return secret_links.token_of("plaza.registration.door", registration.uuid)[:40]


def invitation_token_of(invitation: Invitation) -> str:
    """The secret of an invitation's link; a new one whenever it is sent anew."""
    return secret_links.token_of("plaza.registration.invitation", invitation.uuid)


def path_of(registration: Registration) -> str:
    """Of her own page, in the language being spoken."""
    return reverse("registration:my-registration", args=[token_of(registration)])


def join_path_of(registration: Registration, module: Meeting | None = None) -> str:
    """`module`: into the room of that one, by a registration for its course."""
    path = reverse("registration:join-online", args=[token_of(registration)])
    return f"{path}?module={module.slug}" if module is not None else path


def join_link_of(registration: Registration, module: Meeting | None = None) -> str:
    """For a letter: Plaza’s own, never the tool’s. Whoever cancels is let in by it no longer."""
    with translation.override(registration.language):
        return absolute(join_path_of(registration, module))


def link_of(registration: Registration) -> str:
    """For a letter, in her language."""
    with translation.override(registration.language):
        return absolute(path_of(registration))


def invitation_link_of(invitation: Invitation) -> str:
    """For a letter, in the language of the invitation."""
    with translation.override(invitation.language):
        return absolute(reverse("registration:invited", args=[invitation_token_of(invitation)]))


def door_picture(registration: Registration) -> SafeString:
    """Her QR code as SVG to stand in the page: it leads to the page on which whoever is at the door checks her in."""
    where = reverse("registration:door-code", args=[registration.meeting.slug, door_code_of(registration)])
    # Drawn by segno from an address of ours: no word of anybody is in it.
    code = segno.make(absolute(where), error="m")
    return mark_safe(code.svg_inline(scale=5, border=4, light="white", svgclass=None, lineclass=None))
