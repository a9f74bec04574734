"""The second step of signing in: codes of an app (TOTP, RFC 6238), and codes on paper for the day it is lost."""

import base64
import hashlib
import hmac
import secrets
import struct
import time
from typing import Final
from urllib.parse import quote, urlencode

import segno
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.safestring import SafeString, mark_safe

from plaza.accounts.access import is_staff
from plaza.accounts.domain.codes import only_digits
from plaza.accounts.models import SecondStep, User
from plaza.core import history, site

PERIOD: Final = 30
# A clock may be half a minute wrong, and typing takes time.
TOLERANCE: Final = 1
PAPER_CODES: Final = 10
LETTERS: Final = "bcdfghjkmnpqrstvwxyz23456789"


class WrongCode(Exception):
    """The code is not one of now, or it was taken already."""


def has_second_step(user: User) -> bool:
    return SecondStep.objects.filter(user=user, confirmed_at__isnull=False).exists()


def needs_second_step(user: User) -> bool:
    """Where the host asks it of those who run the network, and she has none yet."""
    return settings.STAFF_TOTP and is_staff(user) and not has_second_step(user)


def prepare(user: User) -> SecondStep:
    """The secret to be put into the app; the same until a code of it was typed."""
    step, _ = SecondStep.objects.get_or_create(user=user, defaults={"salt": secrets.token_hex(20)})
    return step


def secret_of(step: SecondStep) -> bytes:
    said = f"plaza.second_step\0{step.salt}".encode()
    return hmac.digest(settings.SECRET_KEY.encode(), said, "sha256")[:20]


def written(step: SecondStep) -> str:
    """The secret in letters, for who cannot scan the picture."""
    return base64.b32encode(secret_of(step)).decode()


def picture(step: SecondStep) -> SafeString:
    """A QR code that apps read, as SVG to stand in the page: the policy of our pages lets in no image made on the way,
    and there is neither style nor script in it."""
    label = quote(f"{site.network_name()}:{step.user.email}")
    asked = urlencode({"secret": written(step), "issuer": site.network_name()}, quote_via=quote)
    code = segno.make(f"otpauth://totp/{label}?{asked}", error="m")
    # Drawn by segno from a code: no word of anybody is in it.
    return mark_safe(code.svg_inline(scale=5, border=4, light="white", svgclass=None, lineclass=None))


def code_at(step: SecondStep, counter: int) -> str:
    digest = hmac.digest(secret_of(step), struct.pack(">Q", counter), "sha1")
    offset = digest[-1] & 15
    number = struct.unpack(">I", digest[offset : offset + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06d}"


def now_counter() -> int:
    return int(time.time()) // PERIOD


@transaction.atomic
def confirm(*, user: User, code: str) -> list[str]:
    """The first code of the app puts the second step in force. Gives the codes for paper: only their hashes are kept."""
    step = SecondStep.objects.select_for_update().get(user=user, confirmed_at__isnull=True)
    _take_code(step, code)
    step.confirmed_at = timezone.now()
    step.save(update_fields=["confirmed_at"])
    history.record(verb="second step added", by=user, subject=user)
    return _new_paper(step)


@transaction.atomic
def take(*, user: User, code: str) -> None:
    """A code of the app or of the paper; each opens once. Raises WrongCode."""
    step = SecondStep.objects.select_for_update().filter(user=user, confirmed_at__isnull=False).first()
    if step is None:
        raise WrongCode
    paper = _hash_of_paper(code)
    if paper in step.recovery_hashes:
        step.recovery_hashes = [each for each in step.recovery_hashes if each != paper]
        step.save(update_fields=["recovery_hashes"])
        history.record(verb="recovery code used", by=user, subject=user)
    else:
        _take_code(step, code)


@transaction.atomic
def new_paper(*, user: User) -> list[str]:
    """New codes for paper; the old ones open no more."""
    step = SecondStep.objects.select_for_update().get(user=user, confirmed_at__isnull=False)
    history.record(verb="recovery codes made", by=user, subject=user)
    return _new_paper(step)


@transaction.atomic
def put_away(*, user: User, by: User) -> None:
    """Without a second step: her own wish, or an administrator's where telephone and paper are lost."""
    if SecondStep.objects.filter(user=user).delete()[0]:
        history.record(verb="second step put away", by=by, subject=user)


def _take_code(step: SecondStep, code: str) -> None:
    typed, now = only_digits(code), now_counter()
    for counter in range(now - TOLERANCE, now + TOLERANCE + 1):
        if counter > step.last_counter and hmac.compare_digest(code_at(step, counter), typed):
            step.last_counter = counter
            step.save(update_fields=["last_counter"])
            return
    raise WrongCode


def _new_paper(step: SecondStep) -> list[str]:
    codes = ["-".join("".join(secrets.choice(LETTERS) for _ in range(5)) for _ in range(2)) for _ in range(PAPER_CODES)]
    step.recovery_hashes = [_hash_of_paper(code) for code in codes]
    step.save(update_fields=["recovery_hashes"])
    return codes


def _hash_of_paper(code: str) -> str:
    typed = "".join(sign for sign in code[:40].lower() if sign in LETTERS)
    return hashlib.sha256(f"plaza.paper\0{typed}".encode()).hexdigest()
