"""The BigBlueButton server of this installation, as the host set it."""

from django.conf import settings

from plaza.venues.bigbluebutton import BigBlueButton, api_of


def bigbluebutton() -> BigBlueButton | None:
    """None where the host set none: then nobody is offered one."""
    if not settings.BIGBLUEBUTTON_URL:
        return None
    return BigBlueButton(api_of(settings.BIGBLUEBUTTON_URL), settings.BIGBLUEBUTTON_SECRET)
