from django.urls import path

from plaza.portal import views
from plaza.portal.history import record_history
from plaza.portal.letters import decide_letter, letters
from plaza.portal.workspace import publish_recording, receive_recording, workspace

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("cities/", views.cities, name="cities"),
    path("cities/<slug:slug>/", views.city, name="city"),
    path("people/<slug:slug>/", views.person, name="person"),
    path("workspace/", workspace, name="workspace"),
    path("workspace/recordings/new/", receive_recording, name="receive-recording"),
    path("workspace/recordings/<slug:slug>/publish/", publish_recording, name="publish-recording"),
    path("workspace/letters/", letters, name="letters"),
    path("workspace/letters/<int:pk>/", decide_letter, name="decide-letter"),
    path("workspace/history/<str:kind>/<int:pk>/", record_history, name="record-history"),
]
