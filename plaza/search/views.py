"""The page that answers a question with places."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language

from plaza.core.languages import DEFAULT, known
from plaza.retrieval.text import LONGEST_QUERY, safe
from plaza.search.domain.finding import find, question_language

SHOWN = 10


def results(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("q", "")
    question = safe(asked, LONGEST_QUERY)
    page_language = known(get_language()) or DEFAULT
    found = []
    if question:
        language = question_language(question, page_language)
        found = find(question, language=language, user=request.user, shown_in=page_language, limit=SHOWN)
    return render(
        request,
        "search/results.html",
        {"question": question, "found": found, "was_cut": len(asked) > len(question) == LONGEST_QUERY},
    )
