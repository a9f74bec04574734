from django.apps import AppConfig


class NewslettersConfig(AppConfig):
    name = "plaza.newsletters"
    label = "newsletters"

    def ready(self) -> None:
        from django.utils.translation import gettext_lazy as _  # apps load before translations

        from plaza.accounts.access import is_staff
        from plaza.core import addresses
        from plaza.core.changes import unseen
        from plaza.core.merging import Follows, followers
        from plaza.core.personal import Holding, holdings
        from plaza.core.routes import add_rules
        from plaza.mail.domain.lists import MailingList, lists
        from plaza.mail.domain.parts import Parts, parts
        from plaza.newsletters.choices import CopyState
        from plaza.newsletters.domain import personal
        from plaza.newsletters.domain.following import follow_address
        from plaza.newsletters.domain.markup import as_html, as_text
        from plaza.newsletters.models import LIST, Subscriber
        from plaza.newsletters.routes import ROUTES
        from plaza.ui.navigation import Entry, account_pages, workspace_pages

        unseen.add("newsletters", ("newsletters",))
        add_rules("newsletters", ROUTES)
        followers.add("newsletters.Subscriber.person", Follows(lambda pk: Subscriber.objects.filter(person=pk)))
        addresses.followers.add("newsletters", follow_address)
        lists.add(LIST, MailingList(_("letters of the network")))
        parts.add("newsletters/issue", Parts(as_text, as_html))
        holdings.add(
            "newsletters",
            Holding(
                _("Your subscription to the letters of the network"),
                personal.tell,
                personal.erase,
                codes={"state": CopyState},
            ),
        )
        account_pages.add("newsletter", Entry(_("Letters of the network"), "newsletters:mine", position=70))
        workspace_pages.add(
            "newsletters",
            Entry(_("Letters to the network"), "newsletters:issues", position=55, shown_to=is_staff),
        )
