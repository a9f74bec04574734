"""The root of all addresses. Pages live under /<language>/; what machines read does not."""

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from plaza.config import probes
from plaza.core.routes import EVERYBODY, add_rules

add_rules("", dict.fromkeys(("healthz", "readyz", "robots"), EVERYBODY))

urlpatterns = [
    path("healthz", probes.healthz, name="healthz"),
    path("readyz", probes.readyz, name="readyz"),
    path("robots.txt", probes.robots, name="robots"),
    path("", include("plaza.knowledge.media_urls")),
    path("", include("plaza.network.face_urls")),
    path("", include("plaza.meetings.room_urls")),
    path("", include("plaza.attendance.report_urls")),
    *i18n_patterns(
        # First what is asked for most.
        path("", include("plaza.meetings.urls")),
        path("", include("plaza.mail.urls")),
        path("", include("plaza.network.urls")),
        path("", include("plaza.corrections.urls")),
        path("", include("plaza.newsletters.urls")),
        path("", include("plaza.knowledge.urls")),
        path("", include("plaza.registration.urls")),
        path("", include("plaza.attendance.urls")),
        path("", include("plaza.certificates.urls")),
        path("", include("plaza.live.urls")),
        path("", include("plaza.search.urls")),
        path("", include("plaza.ingest.urls")),
        path("", include("plaza.records.urls")),
        path("", include("plaza.accounts.entrance_urls")),
        path("", include("plaza.accounts.urls")),
        path("", include("plaza.directory.urls")),
        path("", include("plaza.portal.urls")),
    ),
]
