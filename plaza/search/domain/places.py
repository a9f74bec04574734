"""The page of all places where something is spoken of: narrowed down, counted, each source once."""

from dataclasses import dataclass, field
from typing import Final

from plaza.accounts.access import Asker
from plaza.core.languages import Language
from plaza.search.domain.facets import Choices, Chosen, counted, facts_of, passes, within
from plaza.search.domain.finding import CLEAR, Found, folded, look, worded

# Passages read are four times as many (finding.PER_SOURCE).
MOST: Final = 25
NEAREST_SHOWN: Final = 5


@dataclass(frozen=True, slots=True)
class Places:
    """`clear`: where it is spoken of, best first. Where there is no such place, `nearest` are the ones that come
    nearest. `facets`: what the clear places may be narrowed down by, with how many there are of each."""

    clear: list[Found] = field(default_factory=list)
    nearest: list[Found] = field(default_factory=list)
    facets: list[Choices] = field(default_factory=list)

    @property
    def narrowed(self) -> list[Choices]:
        """The facets of which something is chosen."""
        return [choices for choices in self.facets if choices.chosen]


def places(question: str, *, language: Language, user: Asker, shown_in: Language, chosen: Chosen) -> Places:
    """Only what `user` may see is found and counted. Scores do not depend on what else is found, so a count is how
    many there are when it is chosen (up to MOST)."""
    part = within(chosen)
    looked = look(
        question, language=language, user=user, shown_in=shown_in, limit=MOST, within=part, with_facts=True
    ).found
    facts = {each.hit.passage_id: facts_of(each, shown_in) for each in looked}
    found = [each for each in looked if passes(facts[each.hit.passage_id], chosen)]
    clear = folded(each for each in found if each.above_noise > CLEAR)
    if not clear:
        nearest = folded(found)[:NEAREST_SHOWN]
        worded(nearest)
        return Places(nearest=nearest, facets=counted([], chosen))
    shown = clear[:MOST]
    worded(shown)
    together = [
        {
            facet: {
                value: label
                for place in (each, *each.more)
                for value, label in facts[place.hit.passage_id][facet].items()
            }
            for facet in facts[each.hit.passage_id]
        }
        for each in shown
    ]
    return Places(clear=shown, facets=counted(together, chosen))
