"""A pytest plugin: an embedded PostgreSQL of the run's own, settings of no machine's, sockets that reach loopback only.

Loaded by `-p inkstand.ops.testing`, so that the environment stands before Django's settings are first read.
"""

import atexit
import ipaddress
import os
import socket
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from django.utils import translation

from inkstand.ops.bench.shared import NO_SHARED, data_dir
from inkstand.ops.postgres import Postgres


def _start() -> None:
    """Once a run: under pytest-xdist the workers inherit the first process's environment."""
    for name in [name for name in os.environ if name.startswith("INKSTAND_") and name != "INKSTAND_SHARED"]:
        del os.environ[name]
    home = tempfile.TemporaryDirectory(prefix="inkstand-test-", ignore_cleanup_errors=True)
    server = Postgres(Path(home.name), fsync="off", synchronous_commit="off", full_page_writes="off")
    os.environ.update(
        INKSTAND_HOME=home.name,
        INKSTAND_CATALOGUE="none",
        INKSTAND_SECRET_KEY="only-for-tests",  # noqa: S106
        DATABASE_URL=server.__enter__(),
        # Two processes of tests, each of whose libraries counts all the cores, would wait for one another.
        OMP_NUM_THREADS="1",
        OPENBLAS_NUM_THREADS="1",
    )
    atexit.register(home.cleanup)
    atexit.register(server.__exit__, None, None, None)


if "PYTEST_XDIST_WORKER" not in os.environ:
    _start()

_connect = socket.socket.connect


def _loopback_only(self: socket.socket, address: Any) -> None:
    if self.family in (socket.AF_INET, socket.AF_INET6) and not ipaddress.ip_address(address[0]).is_loopback:
        raise RuntimeError(f"a test reached for {address[0]}: tests speak to loopback only")
    _connect(self, address)


socket.socket.connect = _loopback_only  # type: ignore[method-assign, assignment]


@pytest.hookimpl(trylast=True)
def pytest_configure() -> None:
    """A password that guards nothing needs no million rounds."""
    from django.conf import settings

    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]


@pytest.fixture(autouse=True)
def english() -> Iterator[None]:
    """A page that was asked for in another language leaves it to the thread, and so to the next test."""
    yield
    translation.deactivate()


@pytest.fixture(autouse=True)
def no_section_remembered() -> None:
    """What another test printed stands in no menu."""
    from inkstand.articles.filled import forget

    forget()


@pytest.fixture(scope="session")
def shared_data() -> Path:
    """The folder of real data beside the project; skips, saying so, where there is none."""
    if (found := data_dir()) is None:
        pytest.skip(NO_SHARED)
    return found
