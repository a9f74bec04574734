"""Children that end with their parent, even when the parent is killed with SIGKILL.

Linux sends a chosen signal to a child whose parent has died (prctl PR_SET_PDEATHSIG, see
prctl(2)). Only the child can ask for it, and a change of user forgets it. Python's preexec_fn
would be the obvious place, but it runs Python between fork and exec, which can hang in a
process with threads (and warns from Python 3.12 on). So this file is also a tiny program: it
drops to the wanted user, asks for the signal, and becomes the real program, with the same
process id. It costs about 20 ms.

The parent, to Linux, is the *thread* that started the child: start it from a thread that lives
as long as the child should. On other systems children outlive a killed parent; the next start
finds them (see `cluster`).
"""

import ctypes
import os
import signal
import sys
from collections.abc import Sequence

PR_SET_PDEATHSIG = 1  # <linux/prctl.h>


def tied(argv: Sequence[str], *, by: signal.Signals, user: tuple[int, int] | None = None) -> list[str]:
    """The command line that runs `argv` as (uid, gid) and sends it `by` when its parent dies.

    A program that cannot be run ends with status 127, as in a shell.
    """
    uid, gid = user or (-1, -1)
    # -I and -S: no site-packages, no user's settings; this must start fast and always.
    start = [sys.executable, "-I", "-S", __file__, str(int(by)), str(os.getpid()), str(uid), str(gid)]
    return [*start, *argv]


def _become(by: int, parent: int, uid: int, gid: int, *, argv: list[str]) -> None:
    prctl = ctypes.CDLL(None, use_errno=True).prctl if sys.platform == "linux" else None
    for told in (signal.SIGINT, signal.SIGTERM):
        signal.signal(told, signal.SIG_DFL)  # a shell without job control has us ignore SIGINT
    if uid >= 0:
        os.setgroups([])
        os.setgid(gid)
        os.setuid(uid)
    if prctl is not None and prctl(PR_SET_PDEATHSIG, by, 0, 0, 0) != 0:
        sys.exit(f"{argv[0]}: cannot be tied to its parent: {os.strerror(ctypes.get_errno())}")
    if os.getppid() != parent:  # it died before we asked; nobody would tell us any more
        sys.exit(1)
    try:
        os.execvp(argv[0], argv)
    except OSError as problem:
        sys.stderr.write(f"{argv[0]}: {problem.strerror}\n")
        sys.exit(127)


if __name__ == "__main__":
    by, parent, uid, gid = (int(word) for word in sys.argv[1:5])
    _become(by, parent, uid, gid, argv=sys.argv[5:])
