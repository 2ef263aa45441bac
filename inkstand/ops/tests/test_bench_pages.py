"""The bench of pages: its figures, and that it asks what it says it asks."""

import shutil
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from inkstand.ops.bench import wrk as asking
from inkstand.ops.bench.pages import AIMED, figures
from inkstand.ops.bench.wrk import Hits, wrk
from inkstand.ops.errors import NoWrk, PagesRefused

needs_wrk = pytest.mark.skipif(shutil.which("wrk") is None, reason="needs Debian's wrk")


@pytest.fixture
def server():
    """Notes what it is asked; answers /gone with 404."""
    asked = set()

    class Noting(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            asked.add((self.path, self.headers.get("Cookie", "")))
            self.send_response(404 if self.path == "/gone" else 200)
            self.send_header("Content-Length", "2")
            self.end_headers()
            self.wfile.write(b"ok")

        def log_message(self, *_):
            pass

    with ThreadingHTTPServer(("127.0.0.1", 0), Noting) as listening:
        thread = threading.Thread(target=listening.serve_forever)
        thread.start()
        listening.asked = asked
        yield listening
        listening.shutdown()
        thread.join()


@needs_wrk
@pytest.mark.filterwarnings("ignore::pytest.PytestUnhandledThreadExceptionWarning")
def test_every_page_is_asked_for_by_every_sender(server):
    hits = wrk(server.server_port, ["/a", "/b"], ["", "one=1", "two=2"], 1)
    assert server.asked == {(path, cookie) for path in ("/a", "/b") for cookie in ("", "one=1", "two=2")}
    assert hits.asked > 6 and 0 < hits.p50_ms <= hits.p99_ms


@needs_wrk
def test_a_page_that_fails_is_no_figure(server):
    with pytest.raises(PagesRefused):
        wrk(server.server_port, ["/gone"], [""], 1)


def test_without_wrk_it_says_where_to_get_it(monkeypatch):
    monkeypatch.setattr(asking.shutil, "which", lambda name: None)
    with pytest.raises(NoWrk, match="apt-get install wrk"):
        wrk(1, ["/"], [""], 1)


def test_figures_are_medians_and_ratios_are_taken_within_a_round():
    def a_round(plain, ours):
        hits = {name: Hits(ours, 1.0, 2.0, 10, 100.0) for name in AIMED}
        return {"granian_plain": Hits(plain, 0.5, 1.0, 10, 100.0), **hits}

    found = figures([a_round(1000, 500), a_round(100, 90), a_round(2000, 1200)])
    assert (found["granian_plain_rps"], found["visitor_front_rps"]) == (1000, 500)
    assert found["visitor_front_of_plain"] == 0.6
    assert found["p99_ms"] == 2.0


def test_the_fixed_page_is_the_very_page():
    said = (
        "import os, json, base64; os.environ['INKSTAND_BENCH_PAGE'] = json.dumps({'headers': [['Date', 'x'],"
        " ['ETag', 'y']], 'body': base64.b64encode(b'page').decode()});"
        "from inkstand.ops.bench.serving import fixed; print(fixed({}, print))"
    )
    told = subprocess.run([sys.executable, "-c", said], capture_output=True, text=True, check=True).stdout
    assert told == "200 OK [('ETag', 'y')]\n[b'page']\n"
