from django.urls import path

from plaza.ingest import views, views_calendars

app_name = "ingest"
urlpatterns = [
    path("workspace/pages/", views.pages, name="pages"),
    path("workspace/pages/<int:pk>/", views.review, name="review"),
    path("workspace/pages/<int:pk>/sure/", views.accept_sure, name="accept-sure"),
    path("workspace/pages/<int:pk>/<int:number>/", views.decide, name="decide"),
    path("workspace/calendars/", views_calendars.calendars, name="calendars"),
    path("workspace/calendars/<int:pk>/", views_calendars.calendar, name="brought-calendar"),
]
