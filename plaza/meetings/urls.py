from django.urls import path

from plaza.meetings import feeds, views

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<slug:slug>/", views.meeting, name="meeting"),
    path("meetings/<slug:slug>/calendar.ics", feeds.meeting, name="calendar-of-meeting"),
    path("calendar/network.ics", feeds.network, name="calendar"),
    path("calendar/topics/<path:code>.ics", feeds.topic, name="calendar-of-topic"),
    path("calendar/series/<slug:slug>.ics", feeds.series, name="calendar-of-series"),
    path("calendar/cities/<slug:slug>.ics", feeds.city, name="calendar-of-city"),
]
