"""How people come in: they are invited, or ask to join and are invited then. Nobody signs up by herself."""

import uuid
from typing import Final

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation

from plaza.accounts.access import is_staff
from plaza.accounts.choices import NetworkRole
from plaza.accounts.domain.accounts import give_role, open_account
from plaza.accounts.models import User
from plaza.core import history, locks, secret_links
from plaza.core.site import absolute
from plaza.directory.access import may_invite
from plaza.directory.choices import JoinState, MembershipStatus
from plaza.directory.domain.roles import entrust
from plaza.directory.models import City, Invitation, JoinRequest, NetworkMembership, Organization
from plaza.directory.models.roles import LASTS
from plaza.mail.domain import outbox

# One at a time invites: the same address gets one invitation.
LOCK: Final = "directory: invitations"


class NotHers(Exception):
    """She may not invite into this role or place."""


class HasAccount(Exception):
    """Somebody has an account by this address already."""


class NotOpen(Exception):
    """The invitation was accepted, withdrawn, is too old, or whoever invited may do so no more."""


def token_of(key: uuid.UUID) -> str:
    return secret_links.token_of("plaza.invitation", key)


def link_of(invitation: Invitation) -> str:
    with translation.override(invitation.language):
        return absolute(reverse("directory:invited", args=[token_of(invitation.uuid)]))


@transaction.atomic
def invite(
    *,
    email: str,
    language: str,
    by: User,
    role: NetworkRole = NetworkRole.MEMBER,
    city: City | None = None,
    organization: Organization | None = None,
) -> tuple[Invitation, bool]:
    """Re-inviting the same address returns the first invitation, and False; no second letter is written."""
    if not may_invite(by, role, city, organization):
        raise NotHers(email)
    return _invite(email=email, language=language, by=by, role=role, city=city, organization=organization)


@transaction.atomic
def invite_editor(*, email: str, language: str, city: City, by: User | None) -> Invitation:
    """Into the role of an editor of the city. `by` is None where the city itself has said who is next: it is the network
    then that invites. An invitation that waits and names no place gets this one; one to another place makes room."""
    if by is not None and not may_invite(by, NetworkRole.MEMBER, city, None):
        raise NotHers(email)
    standing = Invitation.objects.open().select_for_update().filter(email=email.strip().lower()).first()
    if standing is not None and standing.city_id is None and standing.organization_id is None:
        standing.city = city
        standing.save(update_fields=["city"])
        history.record(verb="invited", by=by, subject=standing, city=city.pk)
        return standing
    # What a predecessor wrote at her desk ends with her role: the network invites anew.
    if standing is not None and (standing.city_id != city.pk or (by is None and not standing.is_by_network)):
        standing.withdrawn_at = timezone.now()
        standing.save(update_fields=["withdrawn_at"])
        history.record(verb="invitation withdrawn", by=by, subject=standing)
    return _invite(email=email, language=language, by=by, role=NetworkRole.MEMBER, city=city, organization=None)[0]


@transaction.atomic
def invite_by_host(*, email: str, language: str, role: NetworkRole) -> tuple[Invitation, bool]:
    """Whoever runs the machine invites, into any role: the first account is made so. Asked twice, the first invitation
    stands, and no second letter is written; one into another role makes room. Raises HasAccount."""
    email = email.strip().lower()
    if User.objects.filter(email=email).exists():
        raise HasAccount(email)
    standing = Invitation.objects.open().select_for_update().filter(email=email).first()
    if standing is not None and (standing.network_role != role or not standing.is_by_network or standing.place):
        standing.withdrawn_at = timezone.now()
        standing.save(update_fields=["withdrawn_at"])
        history.record(verb="invitation withdrawn", by=None, subject=standing)
    return _invite(email=email, language=language, by=None, role=role, city=None, organization=None)


def _invite(
    *,
    email: str,
    language: str,
    by: User | None,
    role: NetworkRole,
    city: City | None,
    organization: Organization | None,
) -> tuple[Invitation, bool]:
    email = email.strip().lower()
    locks.hold(LOCK)
    standing = Invitation.objects.open().filter(email=email).first()
    if standing is not None:
        return standing, False
    # What is too old makes room.
    Invitation.objects.filter(email=email, accepted_at__isnull=True, withdrawn_at__isnull=True).update(
        withdrawn_at=timezone.now()
    )
    key = uuid.uuid4()
    invitation = Invitation.objects.create(
        uuid=key,
        email=email,
        language=language,
        network_role=role,
        city=city,
        organization=organization,
        token_hash=secret_links.hash_of(token_of(key)),
        invited_by=by,
        is_by_network=by is None,
    )
    history.record(verb="invited", by=by, subject=invitation)
    outbox.write(
        to=email,
        language=language,
        template="directory/invitation",
        values={"invitation": invitation, "link": link_of(invitation), "by": by.name if by else settings.NETWORK_NAME},
    )
    return invitation, True


@transaction.atomic
def withdraw(*, invitation: Invitation, by: User) -> None:
    here = Invitation.objects.select_for_update().get(pk=invitation.pk)
    if not may_invite(by, NetworkRole(here.network_role), here.city, here.organization):
        raise NotHers(here.pk)
    if here.accepted_at is None and here.withdrawn_at is None:
        here.withdrawn_at = timezone.now()
        here.save(update_fields=["withdrawn_at"])
        history.record(verb="invitation withdrawn", by=by, subject=here)


def is_good(invitation: Invitation) -> bool:
    """Whoever invited must still be allowed to: an editor whose city left has invited nobody, and nor has the network
    for such a city."""
    by = invitation.invited_by
    is_waiting = (
        invitation.accepted_at is None and invitation.withdrawn_at is None and invitation.expires_at > timezone.now()
    )
    if invitation.is_by_network and invitation.city_id is None:
        return is_waiting  # the host's own word
    if invitation.is_by_network:
        # Not only "has not left": a city that applies again was taken in by nobody yet.
        belongs = (MembershipStatus.MEMBER, MembershipStatus.PAUSED)
        return is_waiting and NetworkMembership.objects.filter(city=invitation.city_id, status__in=belongs).exists()
    return (
        is_waiting
        and by is not None
        and may_invite(by, NetworkRole(invitation.network_role), invitation.city, invitation.organization)
    )


@transaction.atomic
def accept(*, invitation: Invitation, name: str, language: str) -> User:
    """Opens the account, or takes the one that this address has, and gives the role. Opens once."""
    here = (
        Invitation.objects.select_for_update(of=("self",))
        .select_related("invited_by", "city", "organization")
        .get(pk=invitation.pk)
    )
    if not is_good(here):
        raise NotOpen(here.pk)
    role, by = NetworkRole(here.network_role), here.invited_by
    user = open_account(email=here.email, name=name, language=language, role=role, by=by)
    if not user.is_active:
        raise NotOpen(here.pk)
    # A role is added to what she has, never taken away by an invitation.
    if role != NetworkRole.MEMBER and user.network_role == NetworkRole.MEMBER and by is not None:
        give_role(user=user, role=role, by=by)
    if here.city is not None or here.organization is not None:
        entrust(user=user, by=by, city=here.city, organization=here.organization)
    here.accepted_at = timezone.now()
    here.save(update_fields=["accepted_at"])
    history.record(verb="invitation accepted", by=user, subject=here)
    return user


def forget_old() -> int:
    """Invitations that open nothing any more, two weeks afterwards: the addresses in them are not kept."""
    return Invitation.objects.filter(expires_at__lt=timezone.now() - LASTS).delete()[0]


@transaction.atomic
def ask_to_join(*, name: str, email: str, language: str, words: str) -> None:
    """Asking again while the first waits changes nothing. The answer is the same for an address that has an account."""
    locks.hold(LOCK)
    if not JoinRequest.objects.filter(email=email.lower(), state=JoinState.ASKED).exists():
        request = JoinRequest.objects.create(name=name, email=email.lower(), language=language, words=words)
        history.record(verb="asked to join", by=None, subject=request)


@transaction.atomic
def answer_joining(*, request: JoinRequest, is_welcome: bool, by: User) -> None:
    """Invites as a member, or declines without a letter; either way name, address and words are forgotten."""
    if not is_staff(by):
        raise NotHers(request.pk)
    here = JoinRequest.objects.select_for_update().get(pk=request.pk)
    if here.state != JoinState.ASKED:
        return
    if is_welcome:
        invite(email=here.email, language=here.language, by=by)
    here.state = JoinState.INVITED if is_welcome else JoinState.DECLINED
    here.name = here.email = here.words = ""
    here.save(update_fields=["state", "name", "email", "words"])
    history.record(verb="asking to join answered", by=by, subject=here, welcome=is_welcome)
