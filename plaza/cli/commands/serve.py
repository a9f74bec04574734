"""`plaza serve`: the installation, with everything it needs, in the foreground."""

import argparse

from plaza.cli import serving
from plaza.cli.database import connected, var
from plaza.cli.words import noop, say

HELP = noop("Serve the network's pages and do its jobs, until Ctrl-C.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-worker", action="store_true", help="jobs are done by another plaza work")


def run(options: argparse.Namespace) -> int:
    serving.refuse_a_taken_port(options.host, options.port)
    address = f"http://{options.host}:{options.port}"
    with serving.alone_on(var(), address), connected():
        from plaza.directory.domain.gazetteer import load_gazetteer  # needs settings
        from plaza.indicators.domain.catalogue import load_indicators  # needs settings
        from plaza.topics.domain.vocabulary import load_topics  # needs settings

        serving.make_ready()
        load_topics()
        load_gazetteer()
        load_indicators()
        return serving.serve(
            options.host,
            options.port,
            with_worker=not options.no_worker,
            when_ready=lambda: say("Plaza is at %(address)s", address=address),
        )
