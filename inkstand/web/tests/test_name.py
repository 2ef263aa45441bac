"""The paper under a name of its own, hostile ones among them, wherever it speaks; and what it runs on, said small."""

import email
import io
import json
import re
import zipfile
from email import policy
from email.header import decode_header, make_header
from email.utils import formataddr, parseaddr
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.core import context
from django.core import mail
from lxml import etree, html
from PIL import Image

from inkstand.editions.models import Edition
from inkstand.editions.printing import print_public
from inkstand.kit.isolate import isolated
from inkstand.titles import opml
from inkstand.web import source
from inkstand.web.drawing import card
from inkstand.web.edition_letter import write
from inkstand.web.export import leaves, zipped
from inkstand.web.icons import icon
from inkstand.web.keys import Keys
from inkstand.web.tests.conftest import NOW, reader, signed_in
from inkstand.web.tests.test_membership import town
from inkstand.web.tests.test_money_said import buy_gift

__all__ = ["town"]
NAMES = {
    "plain": "The Harbour Times",
    "hostile": """O’Brien & "Sons" <b>News</b>: %(x)s {{ y }} \\'""",
    "emoji": "Ünï Zeitung 🌞👩‍👩‍👧",
    "rtl": "صحيفة المرفأ",
    "long": "Gemeinschaftsnachrichtenblatt der Verlage an Elbe und Weser",
}
PAGES = (
    "/", "/latest/", "/section/world/", "/about/", "/help/", "/editions/", "/titles/", "/topics/", "/search/?q=harbour",
    "/offline/", "/no/such/page/", "/for-you/", "/saved/", "/following/", "/history/", "/highlights/", "/settings/",
    "/settings/privacy/", "/membership/", "/gift/", "/open/", "/account/login/", "/account/signup/", "/fee/",
    "/edition/2026-03-14/morning/", "/title/harbour-courier/",
)  # fmt: skip
# Where the software is meant: what the foot of each page says, and the page that says why.
SOFTWARE = ("Runs on Inkstand, which is free software.", "This paper runs on Inkstand, which is free software under")


@pytest.fixture(params=NAMES)
def name(request, settings):
    settings.NAME = NAMES[request.param]
    settings.DEFAULT_FROM_EMAIL = formataddr((settings.NAME, "news@paper.example"))
    return settings.NAME


@pytest.fixture
def morning(paper, hung):
    print_public(NOW)
    return Edition.objects.public().get(language="en", country="")


def page_of(client, address, **said):
    return html.document_fromstring(client.get(address, follow=True, **said).content)


def left(text, name):
    """What of `text` still says Inkstand."""
    for said in (*SOFTWARE, name):
        text = text.replace(said, "")
    return re.findall(".{0,40}Inkstand.{0,40}", text)


def seen(page):
    for unseen in page.xpath("//script | //style"):
        unseen.drop_tree()
    return " ".join(page.text_content().split())


@pytest.mark.parametrize("name", ["hostile", "rtl"], indirect=True)
@pytest.mark.parametrize("who", ["Dot", "Ada"])
def test_every_page_bears_the_name_and_no_other(name, cast, morning, settings, who):
    settings.ACCESS, settings.BILLING = "members", "till"
    for address in PAGES:
        page = page_of(cast[who], address)
        assert name in page.findtext(".//title"), address
        assert {mark.text_content() for mark in page.find_class("named")} == {name}, address
        assert not page.find_class("wordmark") and not page.xpath("//b[.='News']"), address
        assert not [value for value in page.xpath("//@content | //@aria-label") if left(value, name)], address
        assert not left(seen(page), name), address


def test_an_article_says_to_whoever_shares_it_whose_it_is(name, dot, article):
    page = page_of(dot, f"/article/{article.pk}/")
    assert page.xpath("//meta[@property='og:site_name']/@content") == [name]
    assert json.loads(page.xpath("//script[@type='application/ld+json']/text()")[0])["publisher"]["name"] != name


def test_the_app_is_installed_under_the_name(name, client, db, settings):
    said = json.loads(client.get("/manifest.webmanifest").content)
    assert (said["name"], said["short_name"]) == (name, name)
    named = client.get("/worker.js").content
    settings.NAME = "Inkstand"
    plain = client.get("/worker.js").content
    assert plain != named, "pages kept under the old name are fetched anew"
    assert b"named.css" in named and b"named.css" not in plain, "what no page wears is not kept"


def test_feeds_bear_the_name(name, dot, paper):
    atom = etree.fromstring(dot.get("/feeds/latest.atom").content)
    assert atom.findtext("{*}title") == f"Latest | {isolated(name)}"
    assert json.loads(dot.get("/feeds/latest.json").content)["title"] == f"Latest | {isolated(name)}"


def test_a_book_bears_the_name(name, dot, morning):
    answer = dot.get("/edition/2026-03-14/morning/edition.epub")
    with zipfile.ZipFile(io.BytesIO(answer.content)) as book:
        package, opening = (etree.fromstring(book.read(f"book/{file}")) for file in ("package.opf", "title.xhtml"))
        assert "Inkstand" not in "".join(book.read(file).decode() for file in book.namelist() if ".jpg" not in file)
    assert package.findtext(".//{*}creator") == package.findtext(".//{*}publisher") == name
    assert package.findtext(".//{*}title").startswith(f"{isolated(name)}: Morning edition")
    assert opening.findtext(".//{*}p") == name
    assert re.fullmatch(r'attachment; filename="[a-z0-9-]+-2026-03-14-morning.epub"', answer["Content-Disposition"])


def test_letters_come_from_the_paper_under_its_name(name, client, db):
    reader("ada").emailaddress_set.create(email="ada@example.org", verified=True, primary=True)
    client.post("/account/login/code/", {"email": "ada@example.org"})
    client.post("/account/password/reset/", {"email": "nobody@example.org"})
    for sent in mail.outbox:
        letter = email.message_from_bytes(sent.message().as_bytes(), policy=policy.default)
        assert letter["From"].addresses[0].display_name == name
        assert letter["From"].addresses[0].addr_spec == "news@paper.example"
        text, page = (letter.get_body((kind,)).get_content() for kind in ("plain", "html"))
        assert isolated(name) in text and not left(text, name)
        assert name in html.document_fromstring(page).text_content() and "<b>News" not in page
    assert mail.outbox[0].subject.startswith(f"Your code for {isolated(name)}: ")


def test_an_edition_by_mail_is_from_a_list_of_the_name(name, morning):
    letter = write(morning, reader("ada"), NOW)
    of_the_list, address = parseaddr(email.message_from_bytes(letter.message().as_bytes())["List-Id"])
    assert (str(make_header(decode_header(of_the_list))), address) == (name, "editions.paper.example")
    page = html.document_fromstring(letter.alternatives[0][0])
    assert page.find_class("brand")[0].text_content().split(maxsplit=1)[1] == name


def test_keys_are_kept_under_the_name(name, rf, db):
    request = rf.get("/")
    keys = Keys(request)
    address = urlsplit(keys.build_totp_url(reader("ada"), "SECRET"))
    (issuer,) = parse_qs(address.query)["issuer"]
    assert issuer == " ".join(name.replace(":", " ").split()) and ":" not in issuer
    with context.request_context(request):
        assert keys.get_public_key_credential_rp_entity()["name"] == name


def test_what_one_takes_away_bears_the_name(name, db, now, settings):
    ada = reader("ada")
    with zipfile.ZipFile(io.BytesIO(b"".join(zipped(leaves(ada, NOW), NOW)))) as taken:
        assert f"Everything that {name} keeps of you" in taken.read("READ-ME.txt").decode()
        follows = etree.fromstring(taken.read("reading/follows.opml"))
    assert follows.findtext("head/title") == name
    assert etree.fromstring(opml.write([], title=name)).findtext("head/title") == name
    assert signed_in(ada).get("/settings/export/").status_code == 200


def test_what_is_paid_for_is_said_by_the_name(name, town, cast):
    cast["Cy"].post(buy_gift(cast["Cy"]), {"card": "good"}, follow=True)
    assert f"{isolated(name)} as a gift, 3 months" in seen(page_of(cast["Cy"], "/membership/"))
    town.work()
    assert all(not left(letter.body, name) for letter in mail.outbox)
    assert cast["Cy"].get("/membership/invoice/1.pdf").content.startswith(b"%PDF-")


def test_a_card_is_drawn_under_any_name(name):
    assert Image.open(io.BytesIO(card("Ice", "3 titles", None, name))).size == (1200, 630)


@pytest.mark.parametrize("language", ["de", "es", "fr"])
def test_every_language_says_the_name(cast, settings, language):
    settings.NAME, settings.ACCESS, settings.BILLING = "Harbour", "members", "till"
    for address in ("/about/", "/gift/", "/help/", "/membership/leave/"):
        page = page_of(cast["Ada"], address, headers={"Accept-Language": language})
        assert page.get("lang") == language
        text = re.sub("[^.]*(?:logiciel libre|freier Software|software libre)[^.]*[.]", "", seen(page))
        assert "Harbour" in text and "Inkstand" not in text


@pytest.mark.parametrize(
    ("language", "subject", "words"),
    [
        ("de", "Ihr Code für Harbour: ", "möchte sich bei Harbour unter"),
        ("es", "Tu código para Harbour: ", "quiere iniciar sesión en Harbour"),
        ("fr", "Votre code pour Harbour\xa0: ", "souhaite se connecter à Harbour"),
    ],
)
def test_letters_of_the_account_speak_its_readers_language(client, db, settings, language, subject, words):
    settings.NAME = "Harbour"
    reader("ada").emailaddress_set.create(email="ada@example.org", verified=True, primary=True)
    asked = {"headers": {"Accept-Language": language}}
    page = client.post("/account/login/code/", {"email": "ada@example.org"}, follow=True, **asked)
    (sent,) = mail.outbox
    assert sent.subject.startswith(subject) and words in sent.body
    assert "is on its way" not in page.content.decode() and "ada@example.org" in page.content.decode()


def test_a_paper_without_a_name_of_its_own_wears_the_wordmark(client, db):
    page = page_of(client, "/about/")
    assert page.find_class("wordmark") and not page.find_class("named") and "Why Inkstand" in page.findtext(".//title")


def test_whoever_reads_may_have_the_source_that_runs(client, db, settings):
    settings.NAME = "The Harbour Times"
    foot = page_of(client, "/about/").find_class("foot-of-page")[0]
    assert "Runs on Inkstand" in foot.text_content() and foot.xpath(".//a[@href='/source/']")
    answer = client.get("/source/", headers={"Accept-Encoding": "gzip"})
    with zipfile.ZipFile(io.BytesIO(answer.content)) as packed:
        names = {name.partition("/")[2] for name in packed.namelist()}
        assert packed.read(f"{source.NAME}/inkstand/web/source.py") == Path(source.__file__).read_bytes()
    assert {"LICENSE", "pyproject.toml", "requirements.txt", "inkstand/web/source.py", "tools/docs"} <= names
    assert not [name for name in names if "__pycache__" in name or name.startswith((".git", ".venv"))]
    assert client.get("/source/", headers={"If-None-Match": answer["ETag"]}).status_code == 304


def test_a_paper_of_another_name_wears_its_initial_as_its_icon(client, db, settings):
    def icons():
        return {
            icon["sizes"] + icon.get("purpose", ""): client.get(icon["src"])
            for icon in client.get("/manifest.webmanifest").json()["icons"]
        }

    ours = icons()
    settings.NAME = "öre & Quay"
    theirs, sides = icons(), {"192x192": 192, "512x512": 512, "512x512maskable": 512}
    assert ">Ö</text>" in theirs["any"].content.decode() == client.get("/favicon.ico").content.decode()
    for name, side in sides.items():
        drawn = Image.open(io.BytesIO(theirs[name].content))
        assert drawn.size == (side, side) and theirs[name].content != ours[name].content
        # The corner is the device's to cut where it masks, else cut by us.
        assert drawn.convert("RGBA").getpixel((0, 0))[3] == (255 if "maskable" in name else 0)


@pytest.mark.parametrize("name", ["Inkstand", "日本", "⚓ Harbour"])
def test_ours_stays_where_the_font_has_not_the_initial(name):
    assert icon("inkstand/icon-512.png", name) is None and icon("inkstand/paper.css", "Harbour") is None
