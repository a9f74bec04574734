"""What video servers call: the same in every language, so without one in the address."""

from django.urls import path

from plaza.meetings import views_rooms

app_name = "rooms"
urlpatterns = [path("rooms/<uuid:room>/ended", views_rooms.ended, name="ended")]
