"""The house rules are lint; here is proof that the lint bites."""

import subprocess
import sys

import pytest

BAD = {
    "rooms do not speak HTTP": ("inkstand/articles/x.py", "from django.http import HttpResponse\n"),
    "no signals": ("inkstand/wire/x.py", "from django.dispatch import receiver\n"),
    "now is an argument": ("inkstand/stories/x.py", "from django.utils.timezone import now\n"),
    "the clock is asked outside": ("inkstand/stories/x.py", "from inkstand.kit.clock import now\n"),
}
GOOD = {
    "web speaks HTTP": ("inkstand/web/x.py", "from django.http import HttpResponse\n\nHttpResponse()\n"),
    "ops reads the clock": ("inkstand/ops/x.py", "from inkstand.kit import clock\n\nclock.now()\n"),
}


def banned(path: str, source: str) -> bool:
    command = [sys.executable, "-m", "ruff", "check", "--select", "TID251", "--stdin-filename", path, "-"]
    return "TID251" in subprocess.run(command, input=source, capture_output=True, text=True).stdout


@pytest.mark.parametrize(("path", "source"), BAD.values(), ids=BAD)
def test_lint_refuses(path, source):
    assert banned(path, source)


@pytest.mark.parametrize(("path", "source"), GOOD.values(), ids=GOOD)
def test_lint_allows(path, source):
    assert not banned(path, source)
