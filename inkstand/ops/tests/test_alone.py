"""One paper a home: a second is told where the first runs; what kill -9 left stops nobody."""

import os
import signal
import subprocess
import sys

import pytest

from inkstand.ops import up
from inkstand.ops.alone import NAME, alone
from inkstand.ops.command import main
from inkstand.ops.errors import AlreadyRuns, HomeUnusable

HOLDS = """
import sys, time
from pathlib import Path
from inkstand.ops.alone import alone
with alone(Path(sys.argv[1]), "http://localhost:8000"):
    print("held", flush=True)
    time.sleep(60)
"""


@pytest.fixture
def first(tmp_path):
    holder = subprocess.Popen([sys.executable, "-c", HOLDS, str(tmp_path)], stdout=subprocess.PIPE, text=True)
    assert holder.stdout.readline() == "held\n"
    yield holder
    holder.kill()
    holder.communicate()


def test_a_second_paper_in_the_home_is_told_of_the_first_and_begins_nothing(first, tmp_path, monkeypatch, capsys):
    monkeypatch.setenv("INKSTAND_HOME", str(tmp_path))
    monkeypatch.setenv("INKSTAND_PORT", "8999")
    monkeypatch.setattr(up.lifeline, "rooms", lambda: pytest.fail("the second began"))
    assert main(["up"]) == 1
    said = "".join(capsys.readouterr())
    assert f"http://localhost:8000/ as process {first.pid}" in said
    assert f"kill {first.pid}" in said and "INKSTAND_HOME" in said and str(tmp_path) in said


def test_who_was_killed_with_9_stops_nobody(first, tmp_path):
    os.kill(first.pid, signal.SIGKILL)
    first.wait()
    with alone(tmp_path, "http://localhost:8001"):
        assert (tmp_path / NAME).read_text() == f"{os.getpid()} http://localhost:8001\n"
        with pytest.raises(AlreadyRuns, match="localhost:8001"), alone(tmp_path, "http://localhost:8002"):
            pass
    with alone(tmp_path, "http://localhost:8003"):
        assert (tmp_path / NAME).read_text() == f"{os.getpid()} http://localhost:8003\n"


def test_two_homes_are_two_papers(first, tmp_path):
    with alone(tmp_path / "other", "http://localhost:8001"):
        assert first.poll() is None


def test_a_home_that_cannot_be_made_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(HomeUnusable, match="INKSTAND_HOME"), alone(tmp_path / "file" / "home", ""):
        pass
