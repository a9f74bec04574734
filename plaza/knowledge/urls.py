from django.urls import path

from plaza.knowledge import views

app_name = "knowledge"
urlpatterns = [
    path("recordings/", views.recordings, name="recordings"),
    path("recordings/<slug:slug>/", views.recording, name="recording"),
]
