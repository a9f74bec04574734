"""Who did what with one record, for those who run the network."""

from django.contrib.contenttypes.models import ContentType
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from plaza.accounts.guards import for_staff
from plaza.core import history


@for_staff
def record_history(request: HttpRequest, kind: str, pk: int) -> HttpResponse:
    """`kind` is its package and model: `meetings.meeting`."""
    package, _, model = kind.partition(".")
    found = ContentType.objects.filter(app_label=package, model=model).first()
    model_class = found.model_class() if found else None
    record = model_class._default_manager.filter(pk=pk).first() if model_class else None
    if record is None:
        raise Http404
    return render(
        request,
        "portal/history.html",
        {
            "name": str(record),
            "url": record.get_absolute_url() if hasattr(record, "get_absolute_url") else "",
            "entries": history.of(record).select_related("by"),
        },
    )
