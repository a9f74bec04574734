"""Whether the video server of this installation answers, for `plaza check`."""

from django.utils.translation import gettext as _

from plaza.core.health import Finding
from plaza.venues.configured import bigbluebutton
from plaza.venues.venue import VenueDown


def examine_video_server() -> list[Finding]:
    server = bigbluebutton()
    if server is None:
        return []
    try:
        server.try_out()
    except VenueDown as reason:
        mend = _("See PLAZA_BIGBLUEBUTTON_URL and PLAZA_BIGBLUEBUTTON_SECRET, and `bbb-conf --secret` on that server.")
        return [Finding(_("video server"), "broken", _(str(reason.why)), mend)]
    return [Finding(_("video server"), "sound", _("BigBlueButton answers, and accepts Plaza’s secret."))]
