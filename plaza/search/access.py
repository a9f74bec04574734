"""Which audiences an asker belongs to, and whether her questions may be kept. The index is asked for these
audiences only, and each hit's owner is asked again: the database decides."""

from typing import Final

from django.http import HttpRequest

from plaza.accounts.access import Asker, is_member, is_staff
from plaza.knowledge.choices import Visibility


def audiences_of(user: Asker) -> list[str]:
    if is_staff(user):
        return [Visibility.PUBLIC.value, Visibility.MEMBERS.value, Visibility.PRIVATE.value]
    if is_member(user):
        return [Visibility.PUBLIC.value, Visibility.MEMBERS.value]
    return [Visibility.PUBLIC.value]


# The cookie of who wants none of her questions kept, and the headers by which a browser says the same everywhere.
KEEP_NO_QUESTIONS: Final = "keep_no_questions"
SIGNALS: Final = ("Sec-GPC", "DNT")


def may_keep(request: HttpRequest) -> bool:
    """Whether this question's words may be kept. Who runs the network looks whether something is still asked in
    vain, and her looking is no demand."""
    return not (declines(request) or signals(request) or is_staff(request.user))


def declines(request: HttpRequest) -> bool:
    """She said so here, on the page that tells what is kept."""
    return request.COOKIES.get(KEEP_NO_QUESTIONS) == "1"


def signals(request: HttpRequest) -> bool:
    """Her browser says so: Global Privacy Control, or Do Not Track."""
    return any(request.headers.get(name) == "1" for name in SIGNALS)
