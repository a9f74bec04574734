"""One index for each audience. What is not for everyone stands on a shelf of its own, with its own statistics: so
nothing that a visitor finds, nor its score, nor how long it takes, depends on what she may not see."""

from plaza.knowledge.choices import Visibility
from plaza.retrieval import index
from plaza.retrieval.models import Collection

AUDIENCES = tuple(Visibility.values)


def shelf_of(audience: str) -> Collection:
    """Where that audience's passages stand."""
    return index.collection_named(_name(audience))


def shelves() -> list[Collection]:
    return [shelf_of(audience) for audience in AUDIENCES]


def shelves_for(audiences: list[str]) -> list[Collection]:
    """Those of an asker's audiences on which anything stands, the public one first."""
    rows = Collection.objects.filter(name__in=[_name(audience) for audience in audiences], passages__gt=0)
    return sorted(rows, key=lambda row: row.name)


def _name(audience: str) -> str:
    return index.NETWORK if audience == Visibility.PUBLIC else f"{index.NETWORK}: {audience}"
