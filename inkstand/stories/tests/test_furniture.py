from inkstand.stories.furniture import Furniture

US = "Subscribe to Tarn TV! Tarn TV is seen by all of Maltby."


def test_what_a_title_says_under_every_piece_is_read_past() -> None:
    seen = Furniture()
    assert seen.read_past(1, f"A ferry ran aground. {US}") == f"A ferry ran aground. {US}"
    assert seen.read_past(1, f"An orchestra won a prize. {US}") == "An orchestra won a prize."
    assert seen.read_past(1, f"A bridge was closed.\n{US}") == "A bridge was closed."


def test_each_title_has_its_own() -> None:
    seen = Furniture()
    seen.read_past(1, US)
    assert seen.read_past(2, US) == US


def test_what_only_an_older_article_said_is_news_again() -> None:
    seen = Furniture()
    for text in (US, "A ferry ran aground."):
        seen.read_past(1, text)
    assert seen.read_past(1, US) == US
