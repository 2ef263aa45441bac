"""What a person at the terminal is told."""

import sys

import pytest

from inkstand.ops.say import as_typed, counted, say


@pytest.fixture
def made(tmp_path, monkeypatch):
    """A folder in which `make run` has made an environment, and in which we stand; its programs are on no PATH."""
    programs = tmp_path / ".venv" / "bin"
    programs.mkdir(parents=True)
    (programs / "inkstand").touch(mode=0o755)
    monkeypatch.setattr(sys, "executable", str(programs / "python"))
    monkeypatch.setenv("PATH", "/nowhere")
    monkeypatch.chdir(tmp_path)
    return programs


def test_a_command_is_named_as_it_is_typed_where_the_reader_stands(made, monkeypatch, tmp_path, capsys):
    say("none yet: make one with `inkstand manage createsuperuser`; Inkstand is at inkstand.example")
    said = "none yet: make one with `.venv/bin/inkstand manage createsuperuser`; Inkstand is at inkstand.example\n"
    assert capsys.readouterr().err == said
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    monkeypatch.chdir(elsewhere)
    assert as_typed("`inkstand up`") == f"`{made}/inkstand up`"


def test_by_its_name_where_the_shell_finds_it(made, monkeypatch, tmp_path):
    monkeypatch.setenv("PATH", str(made))
    assert as_typed("`inkstand up`") == "`inkstand up`"
    # Another one's name would be a lie.
    other = tmp_path / "other"
    other.mkdir()
    (other / "inkstand").touch(mode=0o755)
    monkeypatch.setenv("PATH", str(other))
    assert as_typed("`inkstand up`") == "`.venv/bin/inkstand up`"


@pytest.mark.parametrize(("number", "says"), [(0, "0 titles"), (1, "1 title"), (2, "2 titles")])
def test_things_are_counted_in_words(number, says):
    assert counted(number, "title") == says
