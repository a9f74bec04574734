from typing import Final

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy


class Purpose(models.TextChoices):
    """What somebody agreed to. Each purpose would need a consent of its own."""

    NEWSLETTER = "newsletter", _("letters of the network")


class Source(models.TextChoices):
    """Where she agreed."""

    PAGE = "page", _("the page for everybody")
    ACCOUNT = "account", _("the page of her account")


class WhyEnded(models.TextChoices):
    """Why a subscription was ended by us; that somebody left is known by mail (`Leaver`)."""

    RETURNED = "returned", _("the mail server refused the address for good")


class ContactRole(models.TextChoices):
    FOCAL_POINT = "focal_point", _("focal points of member cities")
    MAYOR = "mayor", _("mayors")
    EDITOR = "editor", _("editors of a city or an institution")
    MEMBER = "member", _("people with an account")
    FINANCE = "finance", _("finance specialists")
    RESPONSE = "response", _("response team")
    STAFF = "staff", _("those who run the network")


class IssueState(models.TextChoices):
    """draft → sending ⇄ paused → sent | stopped"""

    DRAFT = "draft", pgettext_lazy("newsletter", "draft")
    SENDING = "sending", pgettext_lazy("newsletter", "being sent")
    PAUSED = "paused", pgettext_lazy("newsletter", "paused")
    SENT = "sent", pgettext_lazy("newsletter", "sent")
    STOPPED = "stopped", pgettext_lazy("newsletter", "stopped")


UNDER_WAY: Final = (IssueState.SENDING, IssueState.PAUSED)


class CopyState(models.TextChoices):
    """waiting → written → sent | refused | doubtful; or left, where somebody left the list meanwhile."""

    WAITING = "waiting", pgettext_lazy("copy", "not written yet")
    WRITTEN = "written", pgettext_lazy("copy", "on its way")
    SENT = "sent", pgettext_lazy("copy", "delivered to the mail server")
    REFUSED = "refused", pgettext_lazy("copy", "refused")
    DOUBTFUL = "doubtful", pgettext_lazy("copy", "doubtful")
    LEFT = "left", pgettext_lazy("copy", "left the list meanwhile")
