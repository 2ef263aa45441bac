"""Block means block: values and database decide alike."""

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from inkstand.articles.models import Article
from inkstand.reading.filters import NONE, Filters, Piece, hidden, piece_of, without
from inkstand.reading.tests.conftest import a_title, an_article


@pytest.mark.parametrize(
    ("word", "text", "is_hidden"),
    [
        ("ice", "ICE in the harbour", True),
        ("ice", "Police in the harbour", False),
        ("ice", "Iceland’s harbour", False),
        ("ice*", "Iceland’s harbour", True),
        ("daylight saving", "An end to daylight\nsaving?", True),
        ("c++", "A C++ compiler in the harbour", True),
        ("c++", "C is for harbour", False),
        ("élysée", "À l’Élysée", True),
        ("москва", "Что говорит Москва", True),
        ("選挙", "衆議院選挙が始まる", True),
        ("*", "Anything at all", False),
        (".*", "Anything at all", False),
    ],
)
def test_a_muted_word_is_a_whole_word(db, word, text, is_hidden):
    article, filters = an_article(a_title("Courier"), text), Filters(words=(word,))
    assert hidden(piece_of(article), filters) is is_hidden
    assert without(Article.objects.all(), filters).exists() is not is_hidden


@pytest.mark.parametrize("part", ["standfirst", "tags", "byline"])
def test_a_word_is_muted_in_every_part_a_list_may_show(db, part):
    said = "A word on golf" if part == "standfirst" else ["A word on golf", "Tea"]
    article, filters = an_article(a_title("Courier"), **{part: said}), Filters(words=("golf",))
    assert hidden(piece_of(article), filters)
    assert not without(Article.objects.all(), filters).exists()


def test_no_phrase_is_found_across_two_parts(db):
    article, filters = an_article(a_title("Courier"), "Open", standfirst="Golf"), Filters(words=("open golf",))
    assert not hidden(piece_of(article), filters)
    assert without(Article.objects.all(), filters).exists()


def test_a_reader_without_filters_sees_all():
    assert not NONE
    assert not hidden(Piece(7, "headline", "Ice"), NONE)


@pytest.mark.parametrize("readable", [{"everyone"}, {"everyone", "members"}])
def test_only_what_can_be_opened(db, readable):
    terms = ("everyone", "members", "headline", None)
    articles = {said: an_article(a_title(f"Title {said}", said)) for said in terms}
    wanted = {article.pk for said, article in articles.items() if (said or "members") in readable}
    filters = Filters(readable=frozenset(readable))
    assert set(without(Article.objects.all(), filters).values_list("pk", flat=True)) == wanted
    assert {article.pk for article in articles.values() if not hidden(piece_of(article), filters)} == wanted


WORDS = ["ice", "Eis", "élan", "rivers", "golf", "c++", "a.b", "日本", "новости", "النيل"]
texts = st.lists(st.sampled_from([*WORDS, "x-", "-y", "’s", "1"]), max_size=5).flatmap(
    lambda parts: st.sampled_from([" ", "", "-"]).map(lambda between: between.join(parts))
)


# Each example writes the one row anew.
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts, texts, st.lists(texts, max_size=2), st.lists(st.sampled_from([*WORDS, "riv*"]), max_size=3))
def test_database_and_values_agree(article, headline, standfirst, tags, words):
    said, filters = article.current, Filters(words=tuple(word.casefold() for word in words))
    said.headline, said.standfirst, said.tags = headline, standfirst, tags
    said.save()
    assert without(Article.objects.all(), filters).exists() is not hidden(piece_of(article), filters)
