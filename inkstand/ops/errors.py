"""What running the paper can run into; every sentence names the remedy."""

from inkstand.kit.errors import InkstandError


class PortTaken(InkstandError):
    code = "port-taken"
    message = "Port {port} on {bind} is in use. Stop what uses it, or choose another: set INKSTAND_PORT={other}."


class AlreadyRuns(InkstandError):
    code = "already-runs"
    message = (
        "The paper in {home} runs already, at {address}/ as process {pid}. Stop that one with Ctrl-C where it was"
        " started, or with: kill {pid}. For a second paper set INKSTAND_HOME to another folder, and INKSTAND_PORT to"
        " another port."
    )


class NoRoom(InkstandError):
    code = "no-room"
    message = (
        "{path} has {free_mb} MB left; at least {wanted_mb} MB are wanted. Free some, or set INKSTAND_HOME to a folder"
        " on another disk."
    )


class OtherVersion(InkstandError):
    code = "other-version"
    message = (
        "The data in {path} is of PostgreSQL {found}; this Inkstand brings {wanted}. Move it over with "
        "pg_dump of the old version, or set INKSTAND_HOME to another folder to start afresh."
    )


class HomeUnusable(InkstandError):
    code = "home-unusable"
    message = (
        "The data folder {path} cannot be written: {reason}. Mend its permissions, or set INKSTAND_HOME to another."
    )


class DatabaseDidNotStart(InkstandError):
    code = "database-did-not-start"
    message = "The embedded PostgreSQL did not start: {reason}. Its log is {log}."


class DatabaseUnreachable(InkstandError):
    code = "database-unreachable"
    message = (
        "The PostgreSQL that DATABASE_URL names does not answer: {reason}. Check that it runs and that its name, port,"
        " user and password are right; it should look like postgresql://user:password@host:5432/name. Without"
        " DATABASE_URL the embedded one is used."
    )


class ExtensionMissing(InkstandError):
    code = "extension-missing"
    message = (
        "PostgreSQL has no extension {extension}. Install it there (as postgresql-{extension}), or leave DATABASE_URL"
        " unset."
    )


class FileUnreadable(InkstandError):
    code = "file-unreadable"
    message = "{path} cannot be read: {reason}. Check the path and its permissions."


class NoPaperHere(InkstandError):
    code = "no-paper-here"
    message = (
        "There is no paper in {path} yet. Is INKSTAND_HOME set as it was when the paper was started? `inkstand up`"
        " begins a new one."
    )


class NotWell(InkstandError):
    code = "not-well"
    message = "Wanting you: {names}. The lines above say what would mend it."


class NoReplay(InkstandError):
    code = "no-replay"
    message = "The replay {reason}. `inkstand demo` prints an edition of its own instead."


class ReplayDidNotStart(InkstandError):
    code = "replay-did-not-start"
    message = "The replay did not start: is port {port} in use? Stop what uses it and try again."


class FileUnwritable(InkstandError):
    code = "file-unwritable"
    message = "{path} cannot be written: {reason}. Name another place, or mend its permissions."


class NoWrk(InkstandError):
    code = "no-wrk"
    message = "This bench asks with wrk, which is not installed. On Debian: apt-get install wrk"


class PagesRefused(InkstandError):
    code = "pages-refused"
    message = "{failed} of {asked} requests for {path} failed. Look at what the web server printed."
