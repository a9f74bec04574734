from django.urls import path

from plaza.meetings import feeds, views, views_desk, views_online, views_sessions

app_name = "meetings"
urlpatterns = [
    path("meetings/", views.meetings, name="meetings"),
    path("meetings/<slug:slug>/", views.meeting, name="meeting"),
    path("meetings/<slug:slug>/calendar.ics", feeds.meeting, name="calendar-of-meeting"),
    path("calendar/network.ics", feeds.network, name="calendar"),
    path("calendar/topics/<path:code>.ics", feeds.topic, name="calendar-of-topic"),
    path("calendar/series/<slug:slug>.ics", feeds.series, name="calendar-of-series"),
    path("calendar/cities/<slug:slug>.ics", feeds.city, name="calendar-of-city"),
    path("meetings/<slug:slug>/programme/", views.programme, name="programme"),
    path("meetings/<slug:slug>/sessions/<int:number>/", views.session, name="session"),
    path("workspace/meetings/", views_desk.desk, name="desk"),
    path("workspace/new-meeting/", views_desk.add, name="add"),
    path("workspace/meetings/<slug:slug>/", views_desk.work_on, name="work-on"),
    path("workspace/meetings/<slug:slug>/texts/", views_desk.texts, name="texts"),
    path("workspace/meetings/<slug:slug>/about/", views_desk.about, name="about"),
    path("workspace/meetings/<slug:slug>/hours/", views_desk.hours, name="hours"),
    path("workspace/meetings/<slug:slug>/zone/", views_desk.zone, name="zone"),
    path("workspace/meetings/<slug:slug>/places/", views_sessions.places, name="places"),
    path("workspace/meetings/<slug:slug>/organisers/", views_desk.organise, name="organise"),
    path("workspace/meetings/<slug:slug>/online/", views_online.online, name="online"),
    path("workspace/meetings/<slug:slug>/online/in/", views_online.go_in, name="go-in"),
    path("workspace/meetings/<slug:slug>/online/end/", views_online.end_online, name="end-online"),
    path("workspace/meetings/<slug:slug>/online/recording/", views_online.decide_recording, name="decide-recording"),
    path("workspace/meetings/<slug:slug>/move/", views_desk.move, name="move"),
    path("workspace/meetings/<slug:slug>/tell/", views_desk.tell, name="tell"),
    path("workspace/meetings/<slug:slug>/sessions/new/", views_sessions.new_session, name="new-session"),
    path("workspace/meetings/<slug:slug>/sessions/<int:number>/", views_sessions.edit_session, name="edit-session"),
]
