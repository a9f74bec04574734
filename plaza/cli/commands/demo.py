"""`plaza demo`: a living example network in one command."""

import argparse
import os
import sys
from contextlib import ExitStack

from plaza.cli import serving
from plaza.cli.database import connected, var
from plaza.cli.words import noop, say, translate
from plaza.demo.credentials import ACCOUNTS, PASSWORD

HELP = noop("Show a living example network: 200 cities, 16 recordings, four languages.")

STEPS = {
    "topics": noop("Loading the topics and goals …"),
    "cities": noop("Loading 1,054 cities …"),
    "people": noop("Loading the cast …"),
    "archive": noop("Reading the archive's page …"),
    "recordings": noop("Loading the recordings …"),
}


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=8000)
    parser.add_argument("--no-serve", action="store_true", help="prepare everything, index it, and leave")
    parser.add_argument("--recordings", metavar="FOLDER", help="real captions of yours, beside the demo's own")
    parser.add_argument("--archive", metavar="FILE", help="an old page of yours, read instead of the demo's own")


def run(options: argparse.Namespace) -> int:
    folder = serving.captions_folder(options.recordings) if options.recordings else None
    archive = serving.page_file(options.archive) if options.archive else None
    if not options.no_serve:
        serving.refuse_a_taken_port(options.host, options.port)
    os.environ.setdefault("PLAZA_DEMO", "true")
    address = f"http://{options.host}:{options.port}"
    os.environ.setdefault("PLAZA_URL", address)
    with ExitStack() as stack:
        if not options.no_serve:
            stack.enter_context(serving.alone_on(var(), address))
        say("Preparing the demonstration …")
        stack.enter_context(connected())
        from plaza.demo.load import load_demo  # needs settings
        from plaza.demo.recordings import load_folder  # needs settings

        serving.make_ready()
        refused = load_demo(lambda step: say(STEPS[step]), archive=archive)
        if refused is not None:
            say("%(file)s was passed over. %(why)s", file=archive or "archive.txt", why=translate(refused))
        read = 0
        for file, recording, why in load_folder(folder) if folder else ():
            read += recording is not None
            if recording is None:
                say("%(file)s was passed over. %(why)s", file=file.name, why=translate(why))
        if folder is not None:
            say("%(count)s recordings of %(folder)s are in.", count=read, folder=folder)
        if options.no_serve:
            _index()
            return 0
        return serving.serve(options.host, options.port, when_ready=lambda: _announce(address))


def _index() -> None:
    """The jobs that wait, done here and now: whoever asks next finds everything."""
    from procrastinate.contrib.django import app  # needs settings

    say("Indexing what was said …")
    with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]  # Django's connector has it
        worker.run_worker(wait=False, concurrency=1, install_signal_handlers=False, listen_notify=False)


def _announce(address: str) -> None:
    print(file=sys.stderr)
    say("Plaza is at %(address)s", address=address)
    say("Ask something: %(address)s", address=f"{address}/pt/")
    say("Accounts to look around with (password: %(password)s):", password=PASSWORD)
    for email, name, _, role in ACCOUNTS:
        say("  %(email)s  %(name)s, %(role)s", email=email, name=name, role=role)
    say("Ctrl-C ends it.")
