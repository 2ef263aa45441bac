"""Settings from the environment: secrets from files, refusals in words."""

import pytest

from inkstand.config.doors import doors
from inkstand.config.mail import mail, sender
from inkstand.config.secret import secret_key
from inkstand.config.settings import database
from inkstand.ops import environment
from inkstand.ops.environment import SecretUnreadable, SettingRefused, SettingWanting


def test_a_secret_may_come_from_a_file(tmp_path):
    (tmp_path / "url").write_text("postgresql://db/paper\n")
    assert environment.read("DATABASE_URL", {"DATABASE_URL_FILE": str(tmp_path / "url")}) == "postgresql://db/paper"


def test_a_secret_whose_file_is_missing_is_refused():
    with pytest.raises(SecretUnreadable, match="DATABASE_URL_FILE"):
        environment.read("DATABASE_URL", {"DATABASE_URL_FILE": "/nowhere/url"})


@pytest.mark.parametrize("value", ["0", "65536", "eighty", "-1", "8000.5"])
def test_a_port_that_is_none_is_refused(value):
    with pytest.raises(SettingRefused, match="whole number from 1 to 65535"):
        environment.whole("INKSTAND_PORT", 1, 65535, {"INKSTAND_PORT": value})


def test_a_choice_names_what_there_is():
    with pytest.raises(SettingRefused, match="open, members"):
        environment.choice("INKSTAND_ACCESS", "open", "members", environ={"INKSTAND_ACCESS": "shut"})


def test_a_database_address_keeps_what_libpq_knows():
    made = database("postgresql://ed:pw%40@db.example:6432/paper?sslmode=require")
    assert (made["USER"], made["PASSWORD"], made["HOST"], made["PORT"]) == ("ed", "pw@", "db.example", "6432")
    assert made["OPTIONS"] == {"sslmode": "require"}


def test_mail_addresses():
    sends = mail("smtp://ed:pw%2F@mail.example:2525")
    assert (sends["EMAIL_HOST"], sends["EMAIL_PORT"], sends["EMAIL_HOST_PASSWORD"]) == ("mail.example", 2525, "pw/")
    assert "OnPaper" in mail("")["EMAIL_BACKEND"]
    with pytest.raises(SettingRefused):
        mail("mail.example")


def test_the_secret_key_is_made_once_and_for_its_owner_alone(tmp_path):
    key = secret_key(tmp_path)
    assert secret_key(tmp_path) == key
    assert len(key) > 40
    assert (tmp_path / "secret-key").stat().st_mode & 0o077 == 0


def test_half_an_openid_provider_is_refused_and_its_secret_may_lie_in_a_file(monkeypatch, tmp_path):
    (tmp_path / "secret").write_text("between us\n")
    monkeypatch.setenv("INKSTAND_OIDC_ISSUER", "https://login.example.org/")
    with pytest.raises(SettingRefused, match="INKSTAND_OIDC_CLIENT"):
        doors(behind_proxy=False)
    monkeypatch.setenv("INKSTAND_OIDC_CLIENT", "paper")
    monkeypatch.setenv("INKSTAND_OIDC_SECRET_FILE", str(tmp_path / "secret"))
    app = doors(behind_proxy=False)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]
    asked = {"server_url": "https://login.example.org", "scope": ["openid", "profile", "email"]}
    assert app["secret"] == "between us" and app["settings"] == asked
    monkeypatch.setenv("INKSTAND_OIDC_SCOPE", "email groups")
    app = doors(behind_proxy=False)["SOCIALACCOUNT_PROVIDERS"]["openid_connect"]["APPS"][0]
    assert app["settings"]["scope"] == ["openid", "email", "groups"]


def test_stripe_without_its_keys_is_refused_before_anything_starts():
    said = {"INKSTAND_BILLING": "stripe", "INKSTAND_STRIPE_KEY": "sk_test_ours"}
    with pytest.raises(SettingWanting, match="wants INKSTAND_STRIPE_WEBHOOK_SECRET"):
        environment.beside("INKSTAND_BILLING", "INKSTAND_STRIPE_KEY", "INKSTAND_STRIPE_WEBHOOK_SECRET", environ=said)
    environment.beside("INKSTAND_BILLING", "INKSTAND_STRIPE_KEY", environ=said)


def test_a_time_zone_that_is_none_is_refused():
    assert environment.zone("INKSTAND_TIME_ZONE", {"INKSTAND_TIME_ZONE": "Asia/Manila"}) == "Asia/Manila"
    with pytest.raises(SettingRefused, match="Europe/Paris"):
        environment.zone("INKSTAND_TIME_ZONE", {"INKSTAND_TIME_ZONE": "CET/Paris"})


@pytest.mark.parametrize(
    ("said", "address"),
    [
        ({}, "http://localhost:8000"),
        ({"INKSTAND_BIND": "0.0.0.0", "INKSTAND_PORT": "8190"}, "http://localhost:8190"),
        ({"INKSTAND_BIND": "192.0.2.7"}, "http://192.0.2.7:8000"),
        ({"INKSTAND_BIND": "2001:db8::7"}, "http://[2001:db8::7]:8000"),
        ({"INKSTAND_ADDRESS": "https://news.example.org/", "INKSTAND_PORT": "8190"}, "https://news.example.org"),
    ],
)
def test_letters_lead_where_the_paper_says_it_is(said, address):
    assert environment.address(said) == address


@pytest.mark.parametrize("name", ["Ä", "x" * 60, 'O’Brien & "Sons" <b>', "صحيفة المرفأ", "News 👩‍👩‍👧"])
def test_a_paper_may_have_any_name_of_one_line(name):
    assert environment.paper_name({"INKSTAND_NAME": f" {name} "}) == name


@pytest.mark.parametrize(
    "name", ["x" * 61, "two\nlines", "tab\tbed", "bell\a", "line\u2028end", "\u202eturned", "half \ud83d", "no\uffff"]
)
def test_a_name_that_would_break_what_bears_it_is_refused(name):
    with pytest.raises(SettingRefused, match="1 to 60 characters on one line"):
        environment.paper_name({"INKSTAND_NAME": name})


def test_without_a_name_of_its_own_a_paper_is_called_as_the_software():
    assert environment.paper_name({}) == environment.paper_name({"INKSTAND_NAME": "  "}) == "Inkstand"


@pytest.mark.parametrize(
    ("said", "sent"),
    [
        ("news@paper.example", '"Harbour, \\"Quay\\"" <news@paper.example>'),
        ("<news@paper.example>", '"Harbour, \\"Quay\\"" <news@paper.example>'),
        ("Ada <ada@paper.example>", "Ada <ada@paper.example>"),
    ],
)
def test_letters_are_from_the_paper_unless_the_operator_names_somebody(said, sent):
    assert sender(said, 'Harbour, "Quay"') == sent
