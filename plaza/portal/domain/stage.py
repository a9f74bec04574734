"""Who was on stage, with what came of it: read the same way for a city and for a person."""

from django.db.models import F, Prefetch, QuerySet

from plaza.accounts.access import Asker
from plaza.knowledge.models import Work
from plaza.meetings.models import Appearance, Session


def appearances_visible_to(user: Asker) -> "QuerySet[Appearance]":
    """Appearances in meetings the asker may see, with the works she may see; newest first."""
    return (
        Appearance.objects.filter(session__in=Session.objects.visible_to(user))
        .select_related("person", "city", "session__meeting")
        .prefetch_related(
            "session__meeting__translations",
            Prefetch("session__works", Work.objects.visible_to(user).for_links()),
        )
        .order_by(F("session__meeting__date_start").desc(nulls_last=True), "position", "pk")
    )
