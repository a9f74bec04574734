"""The tests' own PostgreSQL, started before pytest reads Django's settings and ended with the run."""

import atexit
import gc
import os
import subprocess
import sys
from pathlib import Path

os.environ["SECRET_KEY"] = "tests"
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
os.environ["PLAZA_DATABASE_CONNECTIONS"] = "0"

Path("var/static").mkdir(parents=True, exist_ok=True)  # what `plaza serve` collects, and whitenoise looks for

if not os.environ.get("DATABASE_URL"):
    from plaza.hosting.cluster import Cluster

    _cluster = Cluster(Path("var/tests/postgres"), durable=False)
    _cluster.start()
    atexit.register(_cluster.stop)
    # Workers of xdist inherit it, and start none of their own.
    os.environ["DATABASE_URL"] = _cluster.database_url()
    # While tests are collected; who needs it before it is ready waits.
    subprocess.Popen([sys.executable, "-m", "tests.migrated"], stderr=subprocess.DEVNULL)


def pytest_collection_finish() -> None:
    """What stands to the end, modules and four thousand tests, is not looked through again at each round of the collector."""
    gc.collect()
    gc.freeze()
