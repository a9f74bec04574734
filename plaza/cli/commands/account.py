"""`plaza account ADDRESS --administrator`: somebody is invited from the command line, as the first one must be."""

import argparse

from plaza.cli import words
from plaza.cli.database import connected
from plaza.cli.words import Sentence, noop, say
from plaza.core.languages import LANGUAGES

HELP = noop("Invite somebody by e-mail, and print the link that opens her account once.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("address", metavar="ADDRESS")
    parser.add_argument("--administrator", action="store_true", help="who gives every role; else a member")
    parser.add_argument("--language", choices=LANGUAGES, default=None, help="of the letter; else this machine's")


def run(options: argparse.Namespace) -> int:
    with connected():
        from django.core.exceptions import ValidationError  # needs settings
        from django.forms import EmailField  # needs settings

        from plaza.accounts.choices import NetworkRole  # needs settings
        from plaza.directory.domain.invitations import HasAccount, invite_by_host, link_of  # needs settings

        role = NetworkRole.ADMINISTRATOR if options.administrator else NetworkRole.MEMBER
        try:
            email = EmailField(max_length=254).clean(options.address)
            invitation, is_new = invite_by_host(email=email, language=options.language or words.language(), role=role)
        except ValidationError as error:
            raise Sentence("“%(address)s” is no e-mail address.", exit_code=2, address=options.address) from error
        except HasAccount as error:
            raise Sentence(
                "Somebody has an account by the address %(address)s already: nothing was changed. An administrator gives"
                " roles in the workspace.",
                address=options.address,
            ) from error
        if is_new:
            say(
                "A letter to %(address)s waits to be sent. Its link opens the account once, within 14 days:",
                address=invitation.email,
            )
        else:
            say("%(address)s was invited already; the link is still the same:", address=invitation.email)
        print(link_of(invitation))
    return 0
