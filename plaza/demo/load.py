"""Loading the whole demo. Loading it again adds only what is missing."""

from collections.abc import Callable
from pathlib import Path

from plaza.accounts.models import User
from plaza.demo.accounts import load_accounts
from plaza.demo.archive import PAGE, load_archive
from plaza.demo.course import load_course
from plaza.demo.credentials import ACCOUNTS
from plaza.demo.figures import load_figures
from plaza.demo.network import load_cities, load_people
from plaza.demo.online import load_online
from plaza.demo.own_pages import load_own_pages
from plaza.demo.recordings import load_recordings
from plaza.demo.room import load_room
from plaza.demo.summit import load_summit
from plaza.directory.domain.gazetteer import load_gazetteer
from plaza.formats.refusal import Refused
from plaza.indicators.domain.catalogue import load_indicators
from plaza.topics.domain.vocabulary import load_topics


def load_demo(tell: Callable[[str], None] = lambda step: None, *, archive: Path | None = None) -> str | None:
    """`tell` hears of each step as it begins. `archive`: a page to be read instead of our own; where it cannot be read,
    the reason comes back (a msgid) and everything else is there."""
    refused = None
    tell("topics")
    load_topics()
    tell("cities")
    load_gazetteer()
    load_cities()
    load_indicators()
    load_figures()
    tell("people")
    people = load_people()
    load_accounts()
    load_own_pages()
    tell("archive")
    try:
        load_archive(archive or PAGE)
    except Refused as reason:
        refused = str(reason.why)
    tell("recordings")
    load_recordings(people)
    load_room(load_summit(people))
    load_online(people)
    load_course(User.objects.get(email=ACCOUNTS[0][0]))
    return refused
