"""The settings page, the privacy page, the language a reader chose."""

from datetime import time

import pytest
from django.conf import settings as paper
from django.core import mail
from django.test import Client

from inkstand.membership.letters import invitation, send
from inkstand.readers.models import Reader
from inkstand.reading import mine
from inkstand.reading.models import Preferences
from inkstand.reading.prefer import prefer
from inkstand.web.tests.conftest import reader, signed_in, title
from inkstand.web.wishes import FORMS, zones

EVERYTHING = {
    "reading": {"text_size": "125", "text_face": "sans", "text_width": "wide", "theme": "sepia", "only_open": "on"},
    "place": {"language": "de", "time_zone": "Asia/Kolkata", "country": "IN"},
    "editions": {"morning_at": "06:30", "evening_at": "", "edition_size": "5", "by_mail": "on"},
    "for-you": {},
    "notices": {"push_bar": "20.0", "by_push": "on"},
    "history": {"history_days": ""},
}


def kept(who):
    return Preferences.objects.get(reader=who)


def test_a_visitor_is_asked_to_sign_in(db, dot):
    for address in ("/settings/", "/settings/export/", "/settings/erase/"):
        assert dot.get(address)["Location"].startswith("/account/login/?next=/settings/"), address


def test_what_is_hidden_from_now_on_is_hidden_at_once(db):
    client = signed_in(reader("ada"))
    for only_open, is_news in (("", False), ("on", True), ("on", False), ("", True)):
        client.cookies.pop("own", None)
        client.post("/settings/", {"part": "reading", **EVERYTHING["reading"], "only_open": only_open})
        assert ("own" in client.cookies) is is_news


def test_every_part_is_kept_as_it_was_chosen(db):
    title("Kolkata Post", country="IN")
    ada = reader("ada")
    client = signed_in(ada)
    for part, said in EVERYTHING.items():
        answer = client.post("/settings/", {"part": part, **said})
        assert answer.status_code == 302 and answer["Location"] == f"/settings/#{part}", answer.content.decode()
    row = kept(ada)
    assert (row.text_size, row.text_face, row.theme, row.only_open) == (125, "sans", "sepia", True)
    assert (row.language, row.time_zone, row.country) == ("de", "Asia/Kolkata", "IN")
    assert (row.morning_at, row.evening_at, row.edition_size, row.by_mail) == (time(6, 30), None, 5, True)
    assert (row.for_you, row.push_bar, row.by_push, row.history_days) == (False, 20.0, True, None)
    html = client.get("/settings/").content.decode()
    for chosen in (
        'value="125" selected',
        'value="Asia/Kolkata" selected',
        'value="06:30" selected',
        'value="20.0" selected',
    ):
        assert chosen in html, chosen


def test_what_nobody_offers_is_refused_in_words(db):
    ada = reader("ada")
    client = signed_in(ada)
    for part, said in (
        ("place", {"time_zone": "Mars/Base"}),
        ("history", {"history_days": "7"}),
        ("reading", {"text_size": "9"}),
    ):
        answer = client.post("/settings/", {"part": part, **said})
        assert answer.status_code == 400 and b'class="errors"' in answer.content, part
    assert client.post("/settings/", {"part": "no such"}).status_code == 200
    assert not Preferences.objects.exists()


def test_one_form_leaves_the_others_alone(db):
    ada = reader("ada")
    client = signed_in(ada)
    for part in ("reading", "editions"):
        client.post("/settings/", {"part": part, **EVERYTHING[part]})
    assert (kept(ada).text_size, kept(ada).history_days, kept(ada).for_you) == (125, 90, True)


def test_forms_have_columns_of_the_preferences_and_no_others(db):
    columns = {field.name for field in Preferences._meta.get_fields()}
    fields = [name for form in FORMS.values() for name in form.base_fields]
    assert set(fields) <= columns and len(fields) == len(set(fields))
    defaults = Preferences(reader_id=1)
    for form in FORMS.values():
        empty = form.of(defaults)
        said = {name: value for name, value in empty.initial.items() if value is not False}
        assert form.of(defaults, said).is_valid(), form.of(defaults, said).errors


def test_a_reader_may_have_a_name(db):
    ada = reader("ada")
    signed_in(ada).post("/settings/", {"name": "  Ada Quay "})
    assert Reader.objects.get(pk=ada.pk).name == "Ada Quay"
    signed_in(ada).post("/settings/", {"name": "Ada\0\r\nBcc: everyone@example.org\x1b"})
    ada.refresh_from_db()
    assert ada.name == "Ada Bcc: everyone@example.org"
    send(invitation(ada.name, "token"), "bo@example.org")
    assert mail.outbox[0].subject.startswith("Ada Bcc") and not mail.outbox[0].bcc


def test_the_paper_speaks_the_chosen_language_and_takes_it_back(db):
    client = signed_in(reader("ada"))
    client.post("/settings/", {"part": "place", "language": "fr", "time_zone": ""})
    assert 'lang="fr"' in client.get("/about/").content.decode()
    client.post("/settings/", {"part": "place", "language": "", "time_zone": ""})
    assert paper.LANGUAGE_COOKIE_NAME not in client.cookies or not client.cookies[paper.LANGUAGE_COOKIE_NAME].value
    assert 'lang="en"' in client.get("/about/").content.decode()


def test_no_history_means_that_what_was_written_goes(db, article):
    ada = reader("ada")
    mine.Read.objects.create(
        reader=ada, article=article, revision=1, first_at=article.published_at, last_at=article.published_at
    )
    signed_in(ada).post("/settings/", {"part": "history", "history_days": "0"})
    assert not mine.of(ada).history().exists()


def test_zones_are_places():
    names = [name for name, _ in zones()]
    assert "Europe/Berlin" in names and "Asia/Kolkata" in names and "UTC" not in names and "Etc/GMT+5" not in names


def test_no_zone_is_there_twice_under_an_older_name():
    names = [name for name, _ in zones()]
    assert "Africa/Asmara" in names and len(names) == len(set(names)) > 400
    assert not {"Africa/Asmera", "Asia/Calcutta", "US/Eastern"} & set(names)


def test_a_zone_kept_under_an_older_name_stays_chosen(db):
    ada = reader("ada")
    prefer(reader=ada, time_zone="Asia/Calcutta")
    page = signed_in(ada).get("/settings/").content.decode()
    assert '<option value="Asia/Calcutta" selected>' in page


@pytest.mark.parametrize("session", [14, 30])
def test_what_the_privacy_page_says_is_what_the_code_does(dot, db, settings, session):
    settings.SESSION_COOKIE_AGE = session * 86400
    html = dot.get("/privacy/").content.decode()
    assert f"{session} days after signing in" in html and "90 days, or as long as you set" in html
    assert html.count("<h1") == 1


def test_codes_devices_and_settings_leave_no_copy_in_the_browser(db):
    client = signed_in(reader("ada"))
    for address in ("/account/2fa/", "/account/sessions/", "/settings/", "/settings/erase/"):
        assert "no-store" in client.get(address)["Cache-Control"], address


def test_a_language_goes_with_its_reader_to_another_device(db):
    ada = Reader.objects.create_user("ada@example.org", "a long way to the harbour")
    ada.emailaddress_set.create(email=ada.email, verified=True, primary=True)
    signed_in(ada).post("/settings/", {"part": "place", "language": "es"})
    other = Client()
    other.post("/account/login/", {"login": ada.email, "password": "a long way to the harbour"})
    assert 'lang="es"' in other.get("/about/").content.decode()
