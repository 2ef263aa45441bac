"""The interface speaks German, Spanish and French as wholly as English: no word without a translation, none stale."""

import re

import pytest
from django.utils import translation

from inkstand.ops.catalogues import LANGUAGES, PACKAGE, compiled, marked, missing, path_of, read
from inkstand.ranking.reasons import SENTENCES, Reason


@pytest.fixture(scope="module")
def words():
    return {message.id for message in marked() if message.id}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_catalogue_has_every_word_and_no_other(words, language):
    catalogue = read(language)
    assert missing(catalogue) == [], "tools/catalogues says what is left"
    assert {message.id for message in catalogue if message.id} == words


def test_no_template_that_speaks_is_left_out():
    files = (path for path in PACKAGE.glob("web/templates/**/*") if path.is_file())
    speaking = {path for path in files if re.search(r"\b(_|ngettext)\(['\"]", path.read_text(encoding="utf-8"))}
    assert speaking and speaking <= {PACKAGE.parent / place for message in marked() for place, _ in message.locations}


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_django_reads_is_what_people_edit(language):
    assert path_of(language).with_suffix(".mo").read_bytes() == compiled(read(language)), "run tools/catalogues"


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_page_is_in_its_readers_language(client, db, language):
    html = client.get("/", headers={"Accept-Language": language}).content.decode()
    assert f'<html lang="{language}"' in html
    assert not re.search(r">\s*(Sign in|Front page|Latest|All titles)\s*<", html)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("key", SENTENCES)
@pytest.mark.parametrize("count", [1, 3])
def test_why_something_is_where_it_is_is_said_in_its_readers_language(language, key, count):
    facts = dict.fromkeys(("titles", "countries", "fronts", "hours", "lines", "copies"), count)
    reason = Reason(key, count, facts | {"position": 2, "country": "FR"})
    with translation.override(language):
        said = reason.sentence(translation.ngettext)
    assert said not in {reason.sentence(), ""} and "{" not in said
