"""The web server: granian, with the static files served beside Django."""

import os

from granian.constants import Interfaces
from granian.server import Server

from inkstand.ops import environment

# Each worker process holds some 90 MB; threads hide the database's waits.
THREADS = 4


def serve(application: str = "inkstand.config.wsgi:application") -> None:
    home = environment.home()
    Server(
        application,
        address=environment.read("INKSTAND_BIND"),
        port=environment.whole("INKSTAND_PORT", 1, 65535),
        interface=Interfaces.WSGI,
        workers=max(1, (os.cpu_count() or 1)),
        blocking_threads=THREADS,
        static_path_route=["/static"],
        static_path_mount=[home / "static"],
        static_path_expires=86400,
        log_access=False,
        log_enabled=True,
        respawn_failed_workers=True,
        websockets=False,
    ).serve()
