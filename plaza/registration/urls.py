from django.urls import path

from plaza.registration import views, views_calendar, views_desk, views_door, views_join, views_list

app_name = "registration"
urlpatterns = [
    path("meetings/<slug:slug>/register/", views.register, name="register"),
    path("registration/<str:token>/", views.mine, name="my-registration"),
    path("registration/<str:token>/calendar.ics", views_calendar.calendar_of_registration, name="calendar-of-mine"),
    path("calendar/mine/<str:token>.ics", views_calendar.own_calendar, name="own-calendar"),
    path("registration/<str:token>/change/", views.change, name="change"),
    path("registration/<str:token>/join/", views_join.join, name="join-online"),
    path("registration/invited/<str:token>/", views.invited, name="invited"),
    path("account/registrations/", views.own, name="own"),
    path("meetings/<slug:slug>/door/", views_door.door, name="door"),
    path("meetings/<slug:slug>/door/<str:token>/", views_door.door_code, name="door-code"),
    path("workspace/meetings/<slug:slug>/registered/", views_list.registered, name="registered"),
    path("workspace/meetings/<slug:slug>/registered/sheet.<str:form>", views_list.sheet, name="registered-sheet"),
    path("workspace/meetings/<slug:slug>/registered/<int:pk>/", views_list.registration, name="registration"),
    path("workspace/meetings/<slug:slug>/answers/<int:pk>/", views_list.answer_file, name="answer-file"),
    path("workspace/meetings/<slug:slug>/registration/", views_desk.desk, name="desk"),
    path("workspace/meetings/<slug:slug>/registration/questions/new/", views_desk.question, name="new-question"),
    path("workspace/meetings/<slug:slug>/registration/questions/<int:pk>/", views_desk.question, name="question"),
]
