"""The whole paper in processes of its own: killed with -9 in the middle of polling, it loses and doubles nothing."""

import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import psycopg
import pytest

from inkstand.ops.postgres import Postgres

pytestmark = pytest.mark.whole
FEEDS, ITEMS = 60, 10
PATIENCE_S = 90


class Feeds(BaseHTTPRequestHandler):
    """Feed N of ITEMS items, a little slowly, so that there is a middle to be killed in."""

    def do_GET(self):
        number = self.path.strip("/")
        rows = "".join(
            f"<item><guid>{number}-{k}</guid><title>Item {k} of feed {number}</title></item>" for k in range(ITEMS)
        )
        body = f'<rss version="2.0"><channel><title>Feed {number}</title>{rows}</channel></rss>'.encode()
        time.sleep(0.05 + int(number) % 7 / 20)
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        with contextlib.suppress(BrokenPipeError, ConnectionResetError):
            self.wfile.write(body)

    def log_message(self, *_):
        return None


@pytest.fixture
def feeds():
    server = ThreadingHTTPServer(("127.0.0.1", 0), Feeds)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield server.server_port
    server.shutdown()
    server.server_close()


@pytest.fixture
def paper(tmp_path, feeds):
    """A database and a worker over it; `paper.kill_worker()`, `paper.kill_database()`."""
    home = tmp_path / "home"
    environment = {
        **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
        "INKSTAND_HOME": str(home),
        "INKSTAND_CATALOGUE": "none",
        "INKSTAND_ALLOW_HOSTS": f"127.0.0.1:{feeds}",
    }
    rows = "".join(f'<outline text="F {n}" xmlUrl="http://127.0.0.1:{feeds}/{n}"/>' for n in range(FEEDS))
    (tmp_path / "feeds.opml").write_text(f"<opml version='2.0'><body>{rows}</body></opml>")
    with Postgres(home) as url:
        environment["DATABASE_URL"] = url
        paper = Paper(Postgres(home), url, environment)
        paper.run("titles", "import", str(tmp_path / "feeds.opml"))
        paper.start()
        yield paper
        paper.worker.kill()
        paper.worker.wait()


class Paper:
    def __init__(self, server, url, environment):
        self.server, self.url, self.environment = server, url, environment

    def run(self, *words):
        subprocess.run([sys.executable, "-m", "inkstand.ops.command", *words], env=self.environment, check=True)

    def start(self):
        self.worker = subprocess.Popen([sys.executable, "-m", "inkstand.ops.command", "worker"], env=self.environment)

    def kill_worker(self):
        self.worker.kill()
        self.worker.wait()
        self.start()

    def kill_database(self):
        os.kill(int((self.server.data / "postmaster.pid").read_text().split()[0]), signal.SIGKILL)
        time.sleep(0.5)
        self.server.mend()

    def count(self, question):
        try:
            with psycopg.connect(self.url) as connection:
                return connection.execute(question).fetchone()[0]
        except psycopg.Error:
            return -1

    def wait_for(self, question, least):
        until = time.monotonic() + PATIENCE_S
        while self.count(question) < least:
            assert time.monotonic() < until, f"{question} stayed under {least}"
            time.sleep(0.1)


ARTICLES = "SELECT count(*) FROM articles_article"
DISTINCT = "SELECT count(DISTINCT (feed_id, feed_item_id)) FROM articles_article"
PLACED = "SELECT count(*) FROM stories_account"


def test_killed_in_the_middle_of_polling_it_loses_and_doubles_nothing(paper):
    paper.wait_for(ARTICLES, 1)
    paper.kill_worker()
    paper.wait_for(ARTICLES, FEEDS * ITEMS // 3)
    paper.kill_database()
    paper.wait_for(ARTICLES, FEEDS * ITEMS)
    paper.wait_for(PLACED, FEEDS * ITEMS)
    assert paper.count(ARTICLES) == paper.count(DISTINCT) == FEEDS * ITEMS
