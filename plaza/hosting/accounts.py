"""Which user PostgreSQL runs as: it refuses root, and initdb refuses a user without a name."""

import os
import pwd
from dataclasses import dataclass
from pathlib import Path

from plaza.hosting.errors import NoUsableUser

PREFERRED = ("nobody", "postgres", "daemon")


@dataclass(frozen=True, slots=True)
class Account:
    uid: int
    gid: int
    is_other: bool  # not the user of this process: root lends the server another user

    def switch(self) -> tuple[int, int] | None:
        return (self.uid, self.gid) if self.is_other else None

    def owns(self, path: Path | int) -> None:
        """Give the file to the server's user, where that is another one."""
        if self.is_other:
            os.chown(path, self.uid, self.gid)

    def reaches(self, path: Path) -> bool:
        """Whether this user may pass every folder above `path` and read it (mode bits, no ACLs)."""
        if not self.is_other:
            return os.access(path, os.R_OK)
        places = [path.resolve(), *path.resolve().parents]
        return self._may(places[0], 0o4) and all(self._may(place, 0o1) for place in places[1:])

    def _may(self, place: Path, bit: int) -> bool:
        found = place.stat()
        shift = 6 if found.st_uid == self.uid else 3 if found.st_gid == self.gid else 0
        return bool(found.st_mode & (bit << shift))


def server_account(data: Path) -> Account:
    """Ourselves; as root the owner of existing data, else "nobody" or another named user."""
    if os.geteuid() != 0:
        try:
            entry = pwd.getpwuid(os.geteuid())
        except KeyError:
            raise NoUsableUser(uid=os.geteuid()) from None
        return Account(entry.pw_uid, entry.pw_gid, is_other=False)
    owner = data.stat().st_uid if data.is_dir() else 0
    users = [user for user in pwd.getpwall() if user.pw_uid != 0]
    rank = {name: place for place, name in enumerate(PREFERRED)}
    users.sort(key=lambda user: (user.pw_uid != owner, rank.get(user.pw_name, len(rank)), user.pw_uid))
    if not users or (owner and users[0].pw_uid != owner):
        raise NoUsableUser(uid=owner)
    return Account(users[0].pw_uid, users[0].pw_gid, is_other=True)
