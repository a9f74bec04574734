from django.urls import path

from plaza.live import views, views_asked, views_moderator

app_name = "live"
urlpatterns = [
    path("registration/<str:token>/live/", views.enter, name="live-enter"),
    path("meetings/<slug:slug>/live/", views.live, name="live"),
    path("meetings/<slug:slug>/live/state", views.state, name="live-state"),
    path("meetings/<slug:slug>/live/moderate/", views_moderator.moderate, name="moderate"),
    path("meetings/<slug:slug>/live/moderate/<int:number>/", views_moderator.question, name="moderate-question"),
    path("meetings/<slug:slug>/live/polls/new/", views_moderator.poll, name="moderate-new-poll"),
    path("meetings/<slug:slug>/live/polls/<int:pk>/", views_moderator.poll, name="moderate-poll"),
    path("workspace/meetings/<slug:slug>/live/", views_asked.asked, name="live-asked"),
    path("workspace/meetings/<slug:slug>/live/sheet.<str:form>", views_asked.sheet, name="live-asked-sheet"),
    path("workspace/live/", views_asked.unanswered, name="live-unanswered"),
]
