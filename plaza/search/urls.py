from django.urls import path

from plaza.search import views
from plaza.search.views_asked import asked, decide, questions_kept

app_name = "search"
urlpatterns = [
    path("ask/", views.answer, name="answer"),
    path("ask.json", views.answer_json, name="answer-json"),
    path("search/", views.results, name="results"),
    path("search.json", views.results_json, name="results-json"),
    path("questions-kept/", questions_kept, name="questions-kept"),
    path("workspace/asked/", asked, name="asked"),
    path("workspace/asked/<int:pk>/", decide, name="decide-asked"),
]
