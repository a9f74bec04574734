"""Loading the whole demo. Loading it again adds only what is missing."""

from collections.abc import Callable

from plaza.demo.accounts import load_accounts
from plaza.demo.network import load_cities, load_people
from plaza.demo.recordings import load_recordings
from plaza.directory.domain.gazetteer import load_gazetteer
from plaza.topics.domain.vocabulary import load_topics


def load_demo(tell: Callable[[str], None] = lambda step: None) -> None:
    """`tell` hears of each step as it begins."""
    tell("topics")
    load_topics()
    tell("cities")
    load_gazetteer()
    load_cities()
    tell("people")
    people = load_people()
    load_accounts()
    tell("recordings")
    load_recordings(people)
