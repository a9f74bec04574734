"""`make fuzz`: 50,000 texts from hypothesis, then as many from atheris where it is installed. Exit 1 on a finding.

python -m tools.fuzz [HOW_MANY [SEED]]
"""

import os
import random
import subprocess
import sys
from typing import Final

HOW_MANY: Final = 50_000
# The two ways, each in a process of its own: native code that dies takes no report with it.
WAYS: Final = ("tools.fuzz.generated", "tools.fuzz.guided")
NOT_INSTALLED: Final = 3


def main(arguments: list[str]) -> int:
    how_many = int(arguments[0]) if arguments else HOW_MANY
    begin = int(arguments[1]) if len(arguments) > 1 else random.randrange(1, 2**31)
    print(f"{how_many} texts each way, seed {begin}; what breaks something is kept in var/fuzz", flush=True)
    environment = {**os.environ, "OPENBLAS_NUM_THREADS": "1"}
    findings = 0
    for way in WAYS:
        command = [sys.executable, "-m", way, str(how_many), str(begin)]
        status = subprocess.run(command, env=environment, check=False).returncode
        if status == NOT_INSTALLED:
            print("guided     not tried: atheris is not installed (requirements/fuzz.txt; Linux on x86-64)", flush=True)
            continue
        if status not in (0, 1):
            print(f"FINDING {way} died with status {status}", flush=True)
        findings += status != 0
    return 1 if findings else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
