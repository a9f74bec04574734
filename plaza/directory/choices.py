from django.db import models
from django.utils.translation import gettext_lazy as _


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
