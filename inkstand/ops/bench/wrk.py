"""wrk, which asks one server for a few seconds over sixteen connections and counts."""

import json
import shutil
import subprocess
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass

from inkstand.ops.errors import NoWrk, PagesRefused

CONNECTIONS, THREADS = 16, 2


@dataclass(frozen=True, slots=True)
class Hits:
    rps: float
    p50_ms: float
    p99_ms: float
    asked: int
    bytes_each: float
    cpu_ms: float = 0.0


_SCRIPT = """
local paths, cookies, threads = {%s}, {%s}, 0
function setup(thread)
  thread:set("nth", threads)
  threads = threads + 1
end
function init()
  at = nth * math.floor(math.max(#paths, #cookies) / 2)
end
function request()
  at = at + 1
  local headers = {["Accept-Encoding"] = "gzip, deflate, br", ["Accept-Language"] = "en"}
  local cookie = cookies[at %% #cookies + 1]
  if cookie ~= "" then headers["Cookie"] = cookie end
  return wrk.format("GET", paths[at %% #paths + 1], headers)
end
function done(summary, latency)
  local e = summary.errors
  io.write(string.format('\\n{"asked": %%d, "us": %%d, "bytes": %%d, "failed": %%d, "p50": %%f, "p99": %%f}\\n',
    summary.requests, summary.duration, summary.bytes, e.connect + e.read + e.write + e.status + e.timeout,
    latency:percentile(50), latency:percentile(99)))
end
"""


def wrk(port: int, paths: Sequence[str], cookies: Sequence[str], seconds: int) -> Hits:
    """`paths` in turn, by the senders of `cookies` in turn; the second of wrk's threads begins halfway."""
    command = shutil.which("wrk")
    if command is None:
        raise NoWrk()
    script = _SCRIPT % tuple(", ".join(map(json.dumps, said)) for said in (paths, cookies))
    with tempfile.NamedTemporaryFile("w", suffix=".lua") as file:
        file.write(script)
        file.flush()
        asking = [command, f"-t{THREADS}", f"-c{CONNECTIONS}", f"-d{seconds}s", "-s", file.name]
        told = subprocess.run([*asking, f"http://127.0.0.1:{port}"], capture_output=True, text=True, check=True).stdout
    said = json.loads(told.splitlines()[-1])
    if said["failed"] or not said["asked"]:
        raise PagesRefused(failed=said["failed"], asked=said["asked"], path=paths[0])
    asked = said["asked"]
    return Hits(asked / said["us"] * 1e6, said["p50"] / 1e3, said["p99"] / 1e3, asked, said["bytes"] / asked)
