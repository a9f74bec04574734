"""`plaza ask`: what the network has said to a question, quoted with its place; or that nobody has."""

import argparse
import json
import time

from plaza.cli import words
from plaza.cli.database import connected
from plaza.cli.words import noop
from plaza.core.languages import LANGUAGES

HELP = noop("Ask the network; hear who said what, or that nobody has.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("question")
    parser.add_argument("--language", choices=LANGUAGES, default=None, help="of the question; else recognised")
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    with connected():
        from django.contrib.auth.models import AnonymousUser  # needs settings

        from plaza.retrieval.text import LONGEST_QUERY, safe  # needs settings
        from plaza.search.domain.asking import ask_network  # needs settings
        from plaza.search.domain.documents import ask_document  # needs settings
        from plaza.search.domain.finding import question_language  # needs settings

        question = safe(options.question, LONGEST_QUERY)
        language = options.language or question_language(question, words.language())
        begun = time.perf_counter()
        answer = ask_network(question, language=language, user=AnonymousUser())
        took_ms = (time.perf_counter() - begun) * 1000
        if options.json:
            print(json.dumps(ask_document(answer, took_ms, language), ensure_ascii=False, indent=1))
            return 0
        if not answer.is_answered:
            words.say("Nobody here has said it, as far as Plaza can tell.")
        for quote in answer.quotes:
            print(f"[{quote.found.hit.language}] {quote.found.speaker}: {quote.text}\n      {quote.found.url}\n")
        for each in answer.nearest:
            print(f"      {each.title.text}: {each.url}")
    return 0
