"""Calendars that one subscribes to: of the network, a topic, a series, a city; and one meeting to keep."""

import datetime as dt
from typing import Final

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.utils import timezone

from plaza.core.kept_pages import for_everybody
from plaza.core.site import absolute, network_name
from plaza.core.translations import reader_language
from plaza.directory.models import City
from plaza.meetings.domain.calendar import calendar_of, meetings_for_calendar
from plaza.meetings.domain.where import around_city
from plaza.meetings.models import Meeting, MeetingQuerySet, Series
from plaza.topics.models import Topic

# Who subscribes wants what comes, and what was lately.
BEFORE: Final = dt.timedelta(days=365)


@for_everybody
def network(request: HttpRequest) -> HttpResponse:
    return _handed_out(request, _lately(request), network_name(), "plaza")


@for_everybody
def topic(request: HttpRequest, code: str) -> HttpResponse:
    found = get_object_or_404(Topic, code=code)
    rows = _lately(request).filter(Q(topics=found) | Q(topics__parent=found)).distinct()
    return _handed_out(request, rows, f"{network_name()}: {found.called}", found.code)


@for_everybody
def series(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Series.objects.prefetch_related("translations"), slug=slug)
    rows = _lately(request).filter(series=found)
    return _handed_out(request, rows, found.words("title", reader_language()).text, found.slug)


@for_everybody
def city(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(City, slug=slug)
    rows = _lately(request).filter(around_city(found))
    return _handed_out(request, rows, f"{network_name()}: {found.called}", found.slug)


@for_everybody
def meeting(request: HttpRequest, slug: str) -> HttpResponse:
    rows = list(meetings_for_calendar(request.user, None).filter(slug=slug))
    if not rows:
        raise Http404
    return _handed_out(request, rows, network_name(), slug)


def _lately(request: HttpRequest) -> MeetingQuerySet:
    return meetings_for_calendar(request.user, timezone.localdate() - BEFORE)


def _handed_out(request: HttpRequest, rows: MeetingQuerySet | list[Meeting], name: str, file: str) -> HttpResponse:
    body = calendar_of(rows, name=name, language=reader_language(), address=absolute(request.path))
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8")
    response["Content-Disposition"] = f'inline; filename="{file}.ics"'
    return response
