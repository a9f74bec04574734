from django.urls import path

from plaza.corrections import views
from plaza.corrections.views_workspace import asked_for, decide, request_page

app_name = "corrections"
urlpatterns = [
    path("corrections/", views.ask, name="ask"),
    path("corrections/<str:token>/", views.followed, name="followed"),
    path("workspace/corrections/", asked_for, name="asked-for"),
    path("workspace/corrections/<int:pk>/", request_page, name="request"),
    path("workspace/corrections/<int:pk>/decide/", decide, name="decide-correction"),
]
