"""The pages that answer a question: with quotes, or with all the places; and their twins for machines."""

import time
from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render

from plaza.core.languages import Language
from plaza.core.translations import reader_language
from plaza.retrieval.text import LONGEST_QUERY, safe
from plaza.search.access import may_keep
from plaza.search.domain import asked
from plaza.search.domain.asking import Answer, ask_network
from plaza.search.domain.documents import ask_document, places_document
from plaza.search.domain.finding import question_language
from plaza.search.domain.places import Places, places
from plaza.search.forms import PlacesForm


@dataclass(frozen=True, slots=True)
class Question:
    """What stands in ?q=, made safe, in the language it is asked in and on the page it is asked from."""

    words: str
    language: Language
    page_language: Language
    was_cut: bool


def results(request: HttpRequest) -> HttpResponse:
    question = _question(request)
    return render(
        request,
        "search/results.html",
        {"question": question.words, "places": _places(request, question), "was_cut": question.was_cut},
    )


def answer(request: HttpRequest) -> HttpResponse:
    question = _question(request)
    given = _ask(request, question)
    return render(
        request,
        "search/answer.html",
        {"question": question.words, "answer": given, "was_cut": question.was_cut},
    )


def results_json(request: HttpRequest) -> JsonResponse:
    question = _question(request)
    begun = time.perf_counter()
    found = _places(request, question)
    return _document(places_document(question.words, question.language, found, _milliseconds(begun)))


def answer_json(request: HttpRequest) -> JsonResponse:
    question = _question(request)
    begun = time.perf_counter()
    given = _ask(request, question) or Answer(question.words, question.language, False, 0.0)
    return _document(ask_document(given, _milliseconds(begun), question.page_language))


def _question(request: HttpRequest) -> Question:
    typed = request.GET.get("q", "")
    words = safe(typed, LONGEST_QUERY)
    page_language = reader_language()
    language = question_language(words, page_language) if words else page_language
    return Question(words, language, page_language, was_cut=len(typed) > len(words) == LONGEST_QUERY)


def _places(request: HttpRequest, question: Question) -> Places:
    if not question.words:
        return Places()
    return places(
        question.words,
        language=question.language,
        user=request.user,
        shown_in=question.page_language,
        chosen=PlacesForm(request.GET).chosen(),
    )


def _ask(request: HttpRequest, question: Question) -> Answer | None:
    """Also keeps what was asked, where the asker does not mind."""
    if not question.words:
        return None
    given = ask_network(question.words, language=question.language, user=request.user, shown_in=question.page_language)
    if may_keep(request):
        asked.keep(question=question.words, language=question.language, is_answered=given.is_answered)
    return given


def _milliseconds(begun: float) -> float:
    return (time.perf_counter() - begun) * 1000


def _document(document: dict[str, object]) -> JsonResponse:
    return JsonResponse(document, json_dumps_params={"ensure_ascii": False})
