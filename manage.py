"""For developers: Django's own commands against the database that `plaza` uses."""

import sys

from plaza.cli.main import run

if __name__ == "__main__":
    sys.exit(run(["manage", *sys.argv[1:]]))
