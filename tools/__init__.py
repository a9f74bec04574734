"""What developers run: checks, measures, pictures. Nothing of it is installed with Plaza."""

import os

# Before numpy is imported anywhere: its own threads would measure themselves.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
