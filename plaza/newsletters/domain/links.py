"""The secret link that confirms a subscription, and the one that leaves."""

from django.urls import reverse
from django.utils import translation

from plaza.core import secret_links
from plaza.core.site import absolute
from plaza.mail.domain import lists
from plaza.newsletters.models import LIST, Subscriber


def token_of(subscriber: Subscriber) -> str:
    return secret_links.token_of("plaza.newsletters", subscriber.key)


def link_of(subscriber: Subscriber) -> str:
    """For a letter, in the subscriber's language."""
    with translation.override(subscriber.language):
        return absolute(reverse("newsletters:confirm", args=[token_of(subscriber)]))


def leaving_link(email: str, language: str) -> str:
    """The same that her mail program is given."""
    with translation.override(language):
        return lists.place_of(LIST, email).link
