"""The worker alone. `plaza serve` starts one; a large host may start more."""

import argparse
import os

from plaza.cli.database import connected
from plaza.cli.words import noop

HELP = noop("Do the jobs of the queue: index what was published, send what is to be sent.")


def arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--jobs", type=int, default=2, help="how many at once")


def run(options: argparse.Namespace) -> int:
    with connected():
        from procrastinate.contrib.django import app  # needs settings

        from plaza.core.jobs import worker_name  # needs settings

        os.environ["PGAPPNAME"] = worker_name()
        with app.replace_connector(app.connector.get_worker_connector()) as worker:  # type: ignore[attr-defined]  # Django's connector has it
            worker.run_worker(concurrency=options.jobs, install_signal_handlers=True)
    return 0
