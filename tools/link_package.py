"""Makes this checkout importable and puts `plaza` beside the environment's python.

An editable install would ask pip to fetch a build backend; a path file and a
four-line script do the same with nothing fetched.
"""

import stat
import sys
import sysconfig
from pathlib import Path

checkout = Path(__file__).resolve().parent.parent
(Path(sysconfig.get_path("purelib")) / "plaza-checkout.pth").write_text(f"{checkout}\n")

command = Path(sysconfig.get_path("scripts")) / "plaza"
command.write_text(f"#!{sys.executable}\nimport sys\n\nfrom plaza.cli.main import run\n\nsys.exit(run())\n")
command.chmod(command.stat().st_mode | stat.S_IXUSR | stat.S_IXGRP | stat.S_IXOTH)
