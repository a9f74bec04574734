"""A term that ends, and the letters about it."""

import datetime as dt

from plaza.directory.domain.focal_points import name_focal_point
from plaza.directory.models import FocalPoint, KnownAddress
from plaza.mail.models import Letter

ADDRESS, NEXT = "ana@example.org", "lucia@example.org"


def a_term(network, city, name, email, end, *, is_main=True):
    person = network.people[name]
    row = name_focal_point(city=network.cities[city], person=person, on=dt.date(2024, 1, 1), by=None, is_main=is_main)
    FocalPoint.objects.filter(pk=row.pk).update(end=end)
    if email:
        KnownAddress.objects.create(person=person, email=email)
    row.refresh_from_db()
    return row


def link_in(letter):
    line = next(line for line in letter.text.splitlines() if line.startswith("http"))
    return line.removeprefix("http://127.0.0.1")


def letters(template):
    return list(Letter.objects.filter(template=f"directory/{template}").order_by("pk"))


def says(client, path, today, **changed):
    """Who comes next, by the link or at the desk."""
    form = {
        "deed": "next",
        "name": "Lucía Vera",
        "post": "Directora",
        "email": NEXT,
        "first_day": (today + dt.timedelta(days=21)).isoformat(),
    }
    return client.post(path, form | changed)
