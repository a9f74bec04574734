"""Log files of child processes: one file each, put aside when long."""

from pathlib import Path

LOG_BYTES = 10_000_000  # a longer log is put aside at the next start


def fresh_log(log: Path) -> Path:
    """The file, made if need be (0600); a long one becomes `<name>.1` and replaces the one before."""
    log.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if log.is_file() and log.stat().st_size > LOG_BYTES:
        log.replace(log.with_name(f"{log.name}.1"))
    log.touch(mode=0o600)
    return log


def read_from(log: Path, begin: int) -> str:
    with log.open("rb") as lines:
        lines.seek(begin)
        return lines.read(LOG_BYTES).decode(errors="replace")


def last_lines(said: str, count: int = 12) -> str:
    return "\n".join(said.splitlines()[-count:])
