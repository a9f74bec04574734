"""Which cities a question names, and which names stay as they are when it is translated."""

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable

from plaza.core.folding import fold
from plaza.directory.models import City
from plaza.formats.page.gazetteer import gazetteer


class CitiesNamed:
    """Finds member cities by their names, as written with capitals: `Recife`, not `recife`.

    The gazetteer knows thousands of places called Progreso, Colón or Victoria, and looks for parts of names
    (`called_like`): in the middle of a sentence that finds cities nobody meant. So only members count, only whole
    names, and only where the capitals say that a name is meant. Who types a name small is missed; nobody is
    counted under a city she did not name. Accents may be left out: `Medellin` is `Medellín`.
    """

    def __init__(self, cities: Iterable[City]) -> None:
        self._called: dict[str, set[int]] = defaultdict(set)
        for city in cities:
            for name in city.names.values():
                if name[:1].isupper():
                    self._called[_plain(name)].add(city.pk)
        # The longest first: San José de Cúcuta is not San José.
        names = sorted(map(re.escape, self._called), key=len, reverse=True)
        self._pattern = re.compile(rf"(?<!\w)(?:{'|'.join(names)})(?!\w)") if names else None

    def __call__(self, question: str) -> set[int]:
        """Keys of the cities; of both, where two are called so."""
        if self._pattern is None:
            return set()
        return {key for name in self._pattern.findall(_plain(question)) for key in self._called[name]}


def names_of_places() -> set[str]:
    """Folded: of the gazetteer, whether they are members or not, and of the network's own cities."""
    here = {fold(name) for names in City.objects.values_list("names", flat=True) for name in names.values()}
    return here | gazetteer().places.keys()


def _plain(text: str) -> str:
    """Without accents, but with its capitals."""
    apart = unicodedata.normalize("NFKD", text)
    return "".join(each for each in apart if not unicodedata.combining(each))
