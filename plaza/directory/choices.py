from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class OrganisationType(models.TextChoices):
    """IATI OrganisationType codes (STANDARDS.md §3), the ones a network of cities meets."""

    GOVERNMENT = "10", _("government")
    LOCAL_GOVERNMENT = "11", _("local government")
    OTHER_PUBLIC = "15", _("other public body")
    INTERNATIONAL_NGO = "21", _("international civil society")
    NATIONAL_NGO = "22", _("national civil society")
    REGIONAL_NGO = "23", _("regional civil society")
    PARTNERSHIP = "30", _("public-private partnership")
    MULTILATERAL = "40", _("multilateral body")
    FOUNDATION = "60", _("foundation")
    PRIVATE = "70", _("company")
    ACADEMIC = "80", _("university or research")
    OTHER = "90", _("other")


class Sector(models.TextChoices):
    PUBLIC = "public", _("public sector")
    PRIVATE = "private", _("private sector")
    CIVIL = "civil", _("civil society")
    ACADEMIA = "academia", _("academia")


class MembershipStatus(models.TextChoices):
    """A city's way through the network: applied or invited → member → paused → left."""

    APPLIED = "applied", _("applied")
    INVITED = "invited", _("invited")
    MEMBER = "member", _("member")
    PAUSED = "paused", _("paused")
    LEFT = "left", _("left")


class CitySize(models.TextChoices):
    """By inhabitants, as the OECD classes urban areas (2012), with the smaller municipalities before them."""

    VILLAGE = "under-50000", _("under 50,000 inhabitants")
    SMALL = "50000-200000", _("50,000 to 200,000 inhabitants")
    MEDIUM = "200000-500000", _("200,000 to 500,000 inhabitants")
    METROPOLITAN = "500000-1500000", _("500,000 to 1.5 million inhabitants")
    LARGE = "over-1500000", _("over 1.5 million inhabitants")

    @classmethod
    def of(cls, population: int | None) -> "CitySize | None":
        """None where the population is not known."""
        if population is None:
            return None
        return next(size for size, (_least, most) in BOUNDS.items() if most is None or population < most)

    @property
    def bounds(self) -> tuple[int, int | None]:
        """From how many inhabitants, and below how many (None: without end)."""
        return BOUNDS[self]


BOUNDS: Final[dict[CitySize, tuple[int, int | None]]] = {
    CitySize.VILLAGE: (0, 50_000),
    CitySize.SMALL: (50_000, 200_000),
    CitySize.MEDIUM: (200_000, 500_000),
    CitySize.METROPOLITAN: (500_000, 1_500_000),
    CitySize.LARGE: (1_500_000, None),
}


class PlaceRole(models.TextChoices):
    """What a user may do for one city or one institution, and nowhere else."""

    CITY_EDITOR = "city_editor", _("city editor")
    INSTITUTION_EDITOR = "institution_editor", _("institution editor")


class JoinState(models.TextChoices):
    """Somebody without an account asks to join: asked → invited | declined."""

    ASKED = "asked", _("asked")
    INVITED = "invited", _("invited")
    DECLINED = "declined", _("declined")


class ClaimState(models.TextChoices):
    """Somebody says that a person of the directory is she: a code or the secretariat decides."""

    CODE = "code", _("a code was sent")
    WAITING = "waiting", _("waits for the secretariat")
    ACCEPTED = "accepted", _("accepted")
    REFUSED = "refused", _("refused")


class ApplicationState(models.TextChoices):
    """A city on its way in: asked → confirmed, or invited; then accepted | declined | withdrawn."""

    ASKED = "asked", pgettext_lazy("application", "the address is not confirmed")
    CONFIRMED = "confirmed", pgettext_lazy("application", "the address is confirmed")
    INVITED = "invited", pgettext_lazy("application", "invited")
    ACCEPTED = "accepted", pgettext_lazy("application", "accepted")
    DECLINED = "declined", pgettext_lazy("application", "declined")
    WITHDRAWN = "withdrawn", pgettext_lazy("application", "withdrawn")


OPEN_APPLICATIONS: Final = (ApplicationState.ASKED, ApplicationState.CONFIRMED, ApplicationState.INVITED)


class TermKind(models.TextChoices):
    """Whose term ends: that of a focal point, or of the mayor."""

    FOCAL_POINT = "focal", _("focal point")
    MAYOR = "mayor", _("mayor")


class HandOverState(models.TextChoices):
    """Who is next: asked → named → done; or she stays, or it was settled by hand or by the city's leaving."""

    ASKED = "asked", pgettext_lazy("hand-over", "asked")
    NAMED = "named", pgettext_lazy("hand-over", "the next person is named")
    DONE = "done", pgettext_lazy("hand-over", "handed over")
    STAYS = "stays", pgettext_lazy("hand-over", "stays")
    SETTLED = "settled", pgettext_lazy("hand-over", "settled by hand")


class ContactVisibility(models.TextChoices):
    PUBLIC = "public", _("everybody")
    MEMBERS = "members", _("members of the network")


class Audience(models.TextChoices):
    """Who reads a field of a person's page."""

    EVERYBODY = "everybody", _("everybody")
    MEMBERS = "members", _("members of the network")
    NOBODY = "nobody", _("nobody but the secretariat")


class Gender(models.TextChoices):
    """As a person declares it herself; nobody else does it for her, and nothing is concluded from a name."""

    WOMAN = "woman", _("woman")
    MAN = "man", _("man")
    OTHER = "other", pgettext_lazy("gender", "another")


class Level(models.TextChoices):
    LEARNS = "learns", _("has begun with it")
    WORKS = "works", _("works on it")
    LEADS = "leads", _("has led work on it")
    TEACHES = "teaches", _("advises others on it")


class StatedBy(models.TextChoices):
    PERSON = "person", _("stated by the person")
    STAFF = "staff", _("stated by the secretariat")


# Languages that people of the region speak, by their own names.
SPOKEN: Final[dict[str, str]] = {
    "es": "Español",
    "pt": "Português",
    "en": "English",
    "fr": "Français",
    "ht": "Kreyòl ayisyen",
    "qu": "Runasimi",
    "ay": "Aymar aru",
    "gn": "Avañe’ẽ",
    "nah": "Nāhuatl",
    "myn": "Maya",
    "arn": "Mapudungun",
    "nl": "Nederlands",
    "de": "Deutsch",
    "it": "Italiano",
    "ca": "Català",
    "zh": "中文",
    "ja": "日本語",
    "ar": "العربية",
}
