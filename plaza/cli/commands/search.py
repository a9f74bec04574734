"""`plaza search`: ranked passages with their places."""

import argparse
import json
import time

from plaza.cli import words
from plaza.cli.database import connected
from plaza.cli.words import noop
from plaza.core.languages import LANGUAGES

HELP = noop("Find where something was said, in any language.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("words")
    parser.add_argument("--language", choices=LANGUAGES, default=None, help="of the question; else recognised")
    parser.add_argument("--limit", type=int, default=10)
    parser.add_argument("--json", action="store_true")


def run(options: argparse.Namespace) -> int:
    with connected():
        from django.contrib.auth.models import AnonymousUser  # needs settings

        from plaza.search.domain.documents import search_document  # needs settings
        from plaza.search.domain.finding import find, question_language  # needs settings

        question = options.words
        language = options.language or question_language(question, words.language())
        begun = time.perf_counter()
        limit = max(1, min(options.limit, 100))
        found = find(question, language=language, user=AnonymousUser(), limit=limit, is_folded=False)
        took_ms = (time.perf_counter() - begun) * 1000
        if options.json:
            print(json.dumps(search_document(question, language, found, took_ms), ensure_ascii=False, indent=1))
            return 0
        if not found:
            words.say("Nothing was found.")
        for each in found:
            print(f"{each.hit.score:.2f}  [{each.hit.language}] {each.title.text}")
            print(f"      {each.best.strip()}\n      {each.url}\n")
    return 0
