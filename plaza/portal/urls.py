from django.urls import path

from plaza.portal import views, views_cities
from plaza.portal.history import record_history
from plaza.portal.letters import decide_letter, letters
from plaza.portal.lost_links import lost_link, lost_links, lost_links_sheet
from plaza.portal.organisations import organisation, organisations
from plaza.portal.people import people, person
from plaza.portal.statistics import statistics, statistics_sheet
from plaza.portal.twins import compare, may_be_one, part_again, twins
from plaza.portal.workspace import publish_recording, receive_recording, workspace

app_name = "portal"
urlpatterns = [
    path("", views.home, name="home"),
    path("cities/", views_cities.cities, name="cities"),
    path("cities/<slug:slug>/", views_cities.city, name="city"),
    path("people/", people, name="people"),
    path("people/<slug:slug>/", person, name="person"),
    path("organisations/", organisations, name="organisations"),
    path("organisations/<slug:slug>/", organisation, name="organisation"),
    path("works/<slug:slug>/", views.work, name="work"),
    path("workspace/", workspace, name="workspace"),
    path("workspace/recordings/new/", receive_recording, name="receive-recording"),
    path("workspace/recordings/<slug:slug>/publish/", publish_recording, name="publish-recording"),
    path("workspace/letters/", letters, name="letters"),
    path("workspace/letters/<int:pk>/", decide_letter, name="decide-letter"),
    path("workspace/lost-links/", lost_links, name="lost-links"),
    path("workspace/lost-links.csv", lost_links_sheet, name="lost-links-sheet"),
    path("workspace/lost-links/<slug:slug>/", lost_link, name="lost-link"),
    path("workspace/twins/", twins, name="twins"),
    path("workspace/twins/<slug:slug>/<slug:other>/", compare, name="compare"),
    path("workspace/two-people/<int:pk>/offer/", may_be_one, name="may-be-one"),
    path("workspace/merges/<int:pk>/undo/", part_again, name="part-again"),
    path("workspace/statistics/", statistics, name="statistics"),
    path("workspace/statistics.csv", statistics_sheet, name="statistics-sheet"),
    path("workspace/history/<str:kind>/<int:pk>/", record_history, name="record-history"),
]
