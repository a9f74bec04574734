import sys

from plaza.cli.main import run

sys.exit(run())
