"""The embedded PostgreSQL: starts, is shared, is left when the last user leaves, and refuses in words."""

import os
import signal
import time
from pathlib import Path

import psycopg
import pytest

from inkstand.ops.errors import HomeUnusable, NoRoom, OtherVersion
from inkstand.ops.postgres import Postgres, programs


@pytest.fixture
def home(tmp_path):
    for folder in (tmp_path, *list(tmp_path.parents)[:3]):
        if folder.stat().st_uid == os.geteuid() and str(folder) != "/tmp":
            folder.chmod(0o755)
    return tmp_path / "home"


def ask(url, question="SELECT 1"):
    with psycopg.connect(url) as connection:
        return connection.execute(question).fetchone()[0]


def test_it_starts_keeps_what_was_written_and_stops(home):
    server = Postgres(home)
    with server as url, psycopg.connect(url) as connection:
        connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
    assert not server.is_running()
    with server as url:
        assert ask(url, "SELECT answer FROM kept") == 42


def test_two_share_it_and_the_last_one_stops_it(home):
    first, second = Postgres(home), Postgres(home)
    with first as url:
        with second as same:
            assert url == same
        assert ask(url) == 1
    assert not first.is_running()


@pytest.mark.whole
def test_killed_it_is_started_again_with_all_that_was_acknowledged(home):
    with (server := Postgres(home)) as url:
        with psycopg.connect(url) as connection:
            connection.execute("CREATE TABLE kept AS SELECT 42 AS answer")
        os.kill(int((server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        time.sleep(0.2)
        server.mend()
        assert ask(url, "SELECT answer FROM kept") == 42


def test_it_brings_the_extensions_we_need(home):
    with Postgres(home) as url:
        for name in ("vector", "pg_trgm", "unaccent"):
            assert ask(url, f"SELECT count(*) FROM pg_available_extensions WHERE name = '{name}'") == 1


def test_data_of_another_version_are_refused_with_the_remedy(home):
    data = home / "postgres"
    data.mkdir(parents=True)
    (data / "PG_VERSION").write_text("14\n")
    with pytest.raises(OtherVersion, match=r"PostgreSQL 14.*INKSTAND_HOME"):
        Postgres(home).__enter__()


def test_too_little_room_is_refused_with_the_remedy(home, monkeypatch):
    monkeypatch.setattr("shutil.disk_usage", lambda _: type("Usage", (), {"free": 10_000_000})())
    with pytest.raises(NoRoom, match=r"10 MB left.*INKSTAND_HOME"):
        Postgres(home).__enter__()


def test_a_home_that_cannot_be_written_is_refused_with_the_remedy(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable, match="INKSTAND_HOME"):
        Postgres(tmp_path / "file" / "home").__enter__()


def test_a_long_path_gets_its_socket_elsewhere(tmp_path):
    assert len(str(Postgres(tmp_path / ("x" * 120)).sockets)) < 80


def test_the_wheel_has_the_programs():
    assert {"initdb", "pg_ctl", "psql", "pg_dump"} <= {path.name for path in Path(programs()).iterdir()}
