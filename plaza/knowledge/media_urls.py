"""What players fetch: the same in every language, so without one in the address."""

from django.urls import path

from plaza.knowledge import views

app_name = "media"
urlpatterns = [
    path("recordings/<slug:slug>/media", views.media, name="file"),
    path("recordings/<slug:slug>/captions.vtt", views.captions, name="captions"),
    path("works/<slug:slug>/file", views.kept_file, name="work"),
]
