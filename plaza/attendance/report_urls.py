"""What video servers call: the same in every language, so without one in the address."""

from django.urls import path

from plaza.attendance import views_arriving

app_name = "reports"
urlpatterns = [path("attendance/bigbluebutton", views_arriving.from_video_server, name="from-video-server")]
