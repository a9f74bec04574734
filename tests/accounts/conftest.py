import re

import pytest

from plaza.accounts.domain import second_step
from plaza.mail.models import Letter


def newest(to):
    return Letter.objects.filter(to=to).order_by("-pk").first()


def code_in(letter):
    return re.search(r"^\d{6}$", letter.text, re.MULTILINE)[0]


@pytest.fixture
def by_code(client):
    """`by_code(address)` → signs in by a code, as a person would; the last answer."""

    def sign_in(address, language="es", follow=False):
        client.post(f"/{language}/sign-in/code/", {"email": address})
        code = code_in(newest(address))
        return client.post(f"/{language}/sign-in/code/type/", {"code": code}, follow=follow)

    return sign_in


@pytest.fixture
def app_code():
    """`app_code(user)` → what her app shows; `later` periods on, for a code is taken once."""

    def show(user, later=0):
        step = second_step.SecondStep.objects.get(user=user)
        return second_step.code_at(step, second_step.now_counter() + later)

    return show
