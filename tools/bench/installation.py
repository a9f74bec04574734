"""A scratch installation inside this process: an embedded database of its own, Django on top."""

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager


@contextmanager
def scratch_installation() -> Iterator[str]:
    """Django set up on an empty, migrated database; one for the life of the process."""
    with tempfile.TemporaryDirectory() as folder:
        os.environ["PLAZA_VAR"] = folder
        os.environ.pop("DATABASE_URL", None)
        from plaza.cli import words  # reads the environment made above
        from plaza.cli.database import connected  # as above

        words.activate()

        with connected():
            from plaza.cli.serving import make_ready  # needs settings

            make_ready()
            yield folder
