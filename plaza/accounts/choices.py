from django.db import models
from django.utils.translation import gettext_lazy as _


class NetworkRole(models.TextChoices):
    """What a user may do in the whole network; roles in one city or institution are directory's."""

    MEMBER = "member", _("member")
    FINANCE = "finance", _("finance specialist")
    RESPONSE = "response", _("response team")
    SECRETARIAT = "secretariat", _("secretariat")
    ADMINISTRATOR = "administrator", _("administrator")
