"""Taking everything along, and being erased: nothing is left out of the one, and nothing is left over by the other."""

import io
import json
import re
import zipfile
from datetime import timedelta
from pathlib import Path
from uuid import uuid4

import pytest
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount
from allauth.usersessions.models import UserSession
from django.apps import apps
from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.core import mail
from django.core.cache import cache
from django.db import connection, models
from django.test import Client
from django.test.utils import CaptureQueriesContext

from inkstand.billing import join as joining
from inkstand.billing.errors import ProviderAway
from inkstand.billing.models import Contract, Gift, Payment, TillContract
from inkstand.billing.till import books
from inkstand.billing.till.provider import Till
from inkstand.editions.models import Edition, Errand, Hour, Subscription
from inkstand.kit.leaf import Leaf, listed, told
from inkstand.membership.models import FreeNote, GiftLink, Group, Seat, Voucher, VoucherUse
from inkstand.membership.plans import plan_named
from inkstand.ranking.models import Forgotten
from inkstand.readers.forget import forget
from inkstand.readers.models import Erasure, Parcel, Reader
from inkstand.reading.actions import action
from inkstand.reading.carry_out import carry_out
from inkstand.reading.prefer import prefer
from inkstand.royalties.models import Insider, Period, Receipt, ReceiptWish
from inkstand.web import export, jobs
from inkstand.web.erase import erase
from inkstand.web.pages import export as export_page
from inkstand.web.tests.conftest import NOW, draft, print_articles, title

ADDRESS, NAME = "quay.ada.1843@example.org", "Augusta Quayside-Byron"
NEVER_TAKEN = {
    # What belongs to Django's and allauth's own machinery, or says nothing that is not said elsewhere.
    "admin.LogEntry": "the desk's log of an editor's own work",
    "readers.Parcel": "is the export itself",
    "reading.Done": "repeats what the other files tell",
    "socialaccount.SocialToken": "never kept: SOCIALACCOUNT_STORE_TOKENS is off",
    "account.EmailConfirmation": "never kept: codes lie in the session",
    "auth.Permission": "an editor's powers",
    "auth.Group": "an editor's powers",
}


@pytest.fixture
def full(db, now):
    """Ada has done everything there is to do, so that every table that can hold a reader's row holds one of hers."""
    ada = Reader.objects.create_user(ADDRESS, "a long way to the harbour", name=NAME)
    _doors(ada)
    first, second = print_articles(title(), draft(1), draft(2))
    _reads(ada, first, second)
    _pays(ada)
    _gives(ada, first)
    _is_sent(ada, first)
    ContentType.objects.clear_cache()
    kind = ContentType.objects.get_for_model(Reader)
    LogEntry.objects.create(user=ada, content_type=kind, object_id=str(ada.pk), object_repr=NAME, action_flag=2)
    editor = Reader.objects.create_user("ed@example.org", is_staff=True)
    LogEntry.objects.create(user=editor, content_type=kind, object_id=str(ada.pk), object_repr=NAME, action_flag=2)
    Parcel.objects.create(reader=ada, asked_at=NOW)
    return ada


def _doors(ada):
    EmailAddress.objects.create(user=ada, email=ADDRESS, verified=True, primary=True)
    Authenticator.objects.create(user=ada, type="totp", data={"secret": "sealed"})
    SocialAccount.objects.create(user=ada, provider="sign-in", uid="7", extra_data={"userinfo": {"email": ADDRESS}})


def _reads(ada, first, second):
    key = {"key": str(uuid4()), "revision": 1, "quote": "Ice lay on the ropes.\nIt [shone].", "start": 0, "end": 30}
    said = [
        action("read", article=first.pk, revision=1, progress=80, at=NOW),
        action("save", article=second.pk, at=NOW),
        action("follow", kind="title", key=str(first.title_id), at=NOW),
        action("follow", kind="search", key="frozen harbour", at=NOW),
        action("mute", word="yachts", at=NOW),
        action("block", title=title("Meridian").pk, at=NOW),
        action("highlight", article=first.pk, note="Ask Tom.", at=NOW, **key),
        action("more", kind="topic", key="ice", at=NOW),
        action("shown", stories=[first.account.story_id], at=NOW),
    ]
    assert {one.answer for one in carry_out(reader=ada, actions=said, now=NOW)} == {"done"}
    prefer(reader=ada, text_size=125)
    Forgotten.objects.create(reader=ada, key="topic:rowing", at=NOW)


def _pays(ada):
    plan = plan_named("month")
    wish = joining.Wish(plan, plan.price_in("DE"), "Inkstand")
    checkout = joining.join(Till(), ada, wish, ways=joining.Ways(done="/", back="/", language="en"), now=NOW)
    books.pay(checkout.reference, "good", now=NOW)
    joining.bring_in_open_order(Till(), ada, now=NOW)
    month = Period.objects.create(month=NOW.date().replace(day=1), key=b"k" * 32)
    Receipt.objects.create(reader=ada, period=month, currency="EUR", fee=700, went={"1": 700})
    ReceiptWish.objects.create(reader=ada)
    Insider.objects.create(reader=ada, publisher=title("Northern Ledger").publisher)


def _gives(ada, article):
    GiftLink.objects.create(giver=ada, article=article, key="k" * 24, made_at=NOW)
    FreeNote.objects.create(reader=ada, note="2026-03:17")
    group = Group.objects.create(name=ADDRESS, owner=ada, seats=3, starts_at=NOW, source="contract 1")
    Seat.objects.create(group=group, reader=ada, taken_at=NOW)
    voucher = Voucher.objects.create(code="SPRING", days=7, uses=2)
    VoucherUse.objects.create(voucher=voucher, reader=ada, used_at=NOW)
    Gift.objects.create(giver=ada, months=1, code="GIVEN", email="bo@example.org", says=f"Yours, {NAME}", send_at=NOW)
    Gift.objects.create(taken_by=ada, months=1, code="TAKEN", email=ADDRESS, says="Read well.", send_at=NOW)


def _is_sent(ada, article):
    lists = {"stories": [1], "articles": [article.pk], "revisions": [1]}
    edition = Edition.objects.create(
        reader=ada, day=NOW.date(), half="morning", zone="UTC", strikes_at=NOW, made_at=NOW, size=5, **lists
    )
    Hour.objects.create(reader=ada, half="morning", at="07:00", next_at=NOW)
    Errand.objects.create(
        reader=ada, way="mail", kind="edition", edition=edition, made_at=NOW, until=NOW + timedelta(days=1), next_at=NOW
    )
    Subscription.objects.create(reader=ada, endpoint="https://push.example/ada", public=b"p", secret=b"s", added_at=NOW)


@pytest.fixture
def ada(full):
    client = Client(headers={"User-Agent": "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"})
    client.force_login(full, backend="django.contrib.auth.backends.ModelBackend")
    UserSession.objects.create(
        user=full, session_key=client.session.session_key, ip="203.0.113.9", user_agent="Firefox"
    )
    return client


def tables_of_readers():
    """Each table with a column that points to a reader, those between many and many too."""
    for model in apps.get_models(include_auto_created=True):
        for field in model._meta.get_fields():
            if isinstance(field, models.ForeignKey) and field.related_model is Reader:
                yield model, field.name


def naming(*marks):
    """Rows of any table whose text, JSON or array columns hold one of `marks`."""
    found = []
    for model in apps.get_models(include_auto_created=True):
        columns = [field.column for field in model._meta.local_concrete_fields]
        with connection.cursor() as cursor:
            for column in columns:
                cursor.execute(
                    f'SELECT count(*) FROM "{model._meta.db_table}" WHERE "{column}"::text ILIKE ANY(%s)',
                    [[f"%{mark}%" for mark in marks]],
                )
                if cursor.fetchone()[0]:
                    found.append(f"{model._meta.label}.{column}")
    return found


def opened(response):
    body = b"".join(response.streaming_content) if response.streaming else response.content
    return zipfile.ZipFile(io.BytesIO(body))


def test_everything_is_in_the_export(ada, full):
    archive = opened(ada.post("/settings/export/"))
    assert archive.testzip() is None
    rows = {name: json.loads(archive.read(name)) for name in archive.namelist() if name.endswith(".json")}
    assert rows["reading/history.json"][0]["headline"] == "Harbour report number 1"
    assert rows["reading/history.json"][0]["progress"] == 80
    assert rows["account/account.json"]["mail"] == ADDRESS and "password" not in rows["account/account.json"]
    assert rows["account/sessions.json"][0]["ip"] == "203.0.113.9"
    assert rows["membership/payments.json"][0]["minor_units"] == Payment.objects.get().minor
    assert rows["reading/preferences.json"]["text_size"] == 125
    assert [name for name, said in rows.items() if not said] == []
    assert b'xmlUrl="https://harbour-courier.example/feed"' in archive.read("reading/follows.opml")
    markdown = archive.read("reading/highlights.md").decode()
    assert "## [Harbour report number 1](https://example.org/1)" in markdown
    assert "> Ice lay on the ropes.\n> It [shone].\n\nAsk Tom.\n" in markdown
    assert b"sealed" not in b"".join(archive.read(name) for name in archive.namelist())


def test_every_table_of_readers_is_exported_or_said_why_not(full):
    sources = "".join(Path(room.__globals__["__file__"]).read_text() for room in [*export.ROOMS, export.ranking.leaves])
    sources += Path(export.mine.__file__).read_text()
    missing = {
        model._meta.label for model, _ in tables_of_readers() if not re.search(rf"\b{model.__name__}\b", sources)
    } - {*NEVER_TAKEN}
    assert {label for label in missing if not label.startswith(("readers.Reader_", "desk."))} == set()


def test_an_export_may_be_asked_for_ten_times_an_hour(ada, full):
    cache.clear()
    statuses = []
    for _ in range(11):
        answer = ada.post("/settings/export/")
        b"".join(answer)
        statuses.append(answer.status_code)
    assert statuses == [200] * 10 + [429]
    cache.clear()


def test_nobody_takes_anothers(ada, full, client):
    bo = Reader.objects.create_user("bo@example.org")
    client.force_login(bo, backend="django.contrib.auth.backends.ModelBackend")
    archive = opened(client.post("/settings/export/"))
    everything = b"".join(archive.read(name) for name in archive.namelist())
    assert b"bo@example.org" in everything
    for hers in (ADDRESS, NAME, "Harbour report", "yachts", "frozen harbour", "203.0.113.9"):
        assert hers.encode() not in everything


def test_a_long_export_is_packed_behind_the_scenes(ada, full, monkeypatch, django_capture_on_commit_callbacks):
    monkeypatch.setattr(export_page, "is_long", lambda reader: True)
    deferred = []
    monkeypatch.setattr(jobs.pack, "defer", lambda **said: deferred.append(said))
    Parcel.objects.all().delete()
    assert ada.post("/settings/export/")["Location"] == "/settings/export/"
    assert b"being packed" in ada.get("/settings/export/").content
    ada.post("/settings/export/")
    assert deferred == [{"reader": full.pk}], "asked twice, packed once"
    assert ada.get("/settings/export/parcel/").status_code == 302
    jobs.pack.func(**deferred[0])
    assert mail.outbox[-1].to == [ADDRESS] and "/settings/export/" in mail.outbox[-1].body
    assert "reading/history.json" in opened(ada.get("/settings/export/parcel/")).namelist()
    jobs.pack.func(reader=0)
    forget(now=NOW + timedelta(days=8))
    assert not Parcel.objects.exists()


def test_two_clicks_and_nothing_names_the_reader_any_more(ada, full):
    empty = [
        model._meta.label for model, name in tables_of_readers() if not model.objects.filter(**{name: full}).exists()
    ]
    assert {*empty} <= {"readers.Reader_groups", "readers.Reader_user_permissions", "socialaccount.SocialToken"} | {
        label for label in empty if label.startswith("desk.")
    }, "a table that holds readers is not tried here: fill it above"
    number = full.pk
    assert naming(ADDRESS, NAME), "else the walk sees nothing"
    assert b"Erase everything" in ada.get("/settings/erase/").content
    answer = ada.post("/settings/erase/")
    assert naming(ADDRESS, NAME) == []
    for model, name in tables_of_readers():
        assert not model._default_manager.filter(**{name: number}).exists(), model
    assert "_auth_user_id" not in ada.session and ada.get("/settings/").status_code == 302
    receipt = Erasure.objects.get()
    assert receipt.number in ada.get(answer["Location"]).content.decode()
    letter = mail.outbox[-1]
    assert letter.to == [ADDRESS] and receipt.number in letter.body and receipt.number in letter.alternatives[0][0]


def test_nobody_elses_session_is_looked_into(ada, full, client):
    client.force_login(Reader.objects.create_user("bo@example.org"), "django.contrib.auth.backends.ModelBackend")
    with CaptureQueriesContext(connection) as asked:
        assert erase(reader=full, now=NOW).rows["sessions"] == 1
    assert not [one["sql"] for one in asked if "session_data" in one["sql"]]
    assert ada.get("/settings/").status_code == 302 and client.get("/settings/").status_code == 200


def test_the_books_stay_without_the_name(ada, full, settings):
    settings.BILLING = "till"
    ada.post("/settings/erase/")
    contract = Contract.objects.get()
    assert contract.reader is None and contract.ended_at and Payment.objects.get().minor
    assert TillContract.objects.get().ended_at and TillContract.objects.get().order["email"] == ""
    assert Period.objects.get().key
    given = Gift.objects.get(code="GIVEN")
    assert given.email == "bo@example.org" and given.giver is None, "what was given stays given"


def test_while_the_membership_cannot_be_ended_nothing_is_erased(ada, full, settings, monkeypatch):
    def away(*_, **__):
        raise ProviderAway(provider="till", reason="no line")

    settings.BILLING = "till"
    monkeypatch.setattr(Till, "cancel", away)
    answer = ada.post("/settings/erase/")
    assert answer.status_code == 503 and b"Nothing has been erased" in answer.content
    assert Reader.objects.filter(pk=full.pk).exists() and ada.get("/settings/").status_code == 200


def test_a_receipt_is_given_even_if_the_letter_is_not(ada, full, monkeypatch):
    def broken(*_):
        raise OSError("no line")

    monkeypatch.setattr("django.core.mail.backends.locmem.EmailBackend.send_messages", broken)
    assert ada.get(ada.post("/settings/erase/")["Location"]).status_code == 200
    assert ada.get("/erased/NONE-SUCH/").status_code == 302


def test_what_has_ended_is_forgotten_at_night(ada, full):
    Session.objects.update(expire_date=NOW - timedelta(days=1))
    times = [NOW - timedelta(days=1), NOW + timedelta(days=1)]
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO readers_tries VALUES ('a', 'b', %s), ('c', 'd', %s)", times)
    forget(now=NOW)
    assert not UserSession.objects.exists() and not Session.objects.exists()
    with connection.cursor() as cursor:
        cursor.execute("SELECT array_agg(cache_key::text) FROM readers_tries WHERE cache_key IN ('a', 'c')")
        assert cursor.fetchone()[0] == ["c"]


def test_a_zip_is_made_while_it_is_read(now):
    asked = []

    def rows():
        for number in range(20_000):
            asked.append(number)
            yield {"number": number, "at": NOW, "key": str(uuid4())}

    pieces = export.zipped([listed("rows.json", rows()), told("one.json", {"at": NOW}), Leaf("none.json", [])], NOW)
    first = next(pieces)
    assert len(first) < 200_000 and len(asked) < 20_000
    archive = zipfile.ZipFile(io.BytesIO(first + b"".join(pieces)))
    assert len(json.loads(archive.read("rows.json"))) == 20_000 and json.loads(archive.read("one.json")) == {
        "at": NOW.isoformat()
    }


def test_an_empty_list_is_json_too():
    assert json.loads("".join(listed("none.json", []).text)) == []
