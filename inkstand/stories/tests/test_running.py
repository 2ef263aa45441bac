from inkstand.stories.features import Reading
from inkstand.stories.rarity import Rarity
from inkstand.stories.running import WEEKS, Gathering, Likeness, Thread, alike, nearest

HOW = Likeness(words=0.4, plain=2.5, join=0.3, merge=0.15)
READING = Reading(Rarity())


def thread(*headlines: str, at: float = 0.0, language: str = "en") -> Thread:
    first, *others = [Thread.of(READING.read(headline, "", language), at) for headline in headlines]
    for other in others:
        first.absorb(other)
    return first


FERRY = ("Ferry Corvina runs aground off Maltby", "Corvina passengers rescued off Maltby")
AFTER = ("Inquiry opens into Corvina ferry grounding", "Corvina ferry had faulty steering, inquiry told")
MUSIC = ("Tarn orchestra wins Halloran prize", "Halloran jury praises Tarn orchestra")


def test_events_that_follow_are_more_alike_than_others() -> None:
    follows, other = alike(thread(*FERRY), [thread(*AFTER), thread(*MUSIC)], HOW)
    assert follows > HOW.merge > other


def test_likeness_does_not_depend_on_who_asks() -> None:
    (one,), (other,) = alike(thread(*FERRY), [thread(*AFTER)], HOW), alike(thread(*AFTER), [thread(*FERRY)], HOW)
    assert abs(one - other) < 1e-6


def test_a_long_silence_ends_a_running_story() -> None:
    assert alike(thread(*FERRY), [thread(*AFTER, at=WEEKS + 1)], HOW) == [0.0]
    assert alike(thread(*FERRY), [thread(*AFTER, at=float("nan"))], HOW)[0] > 0


def test_the_nearest_is_the_likeliest() -> None:
    event = thread("Corvina ferry refloated off Maltby")
    found = nearest(event, {1: thread(*MUSIC), 2: thread(*FERRY)}, HOW)
    assert found is not None
    assert found.story == 2
    assert found.score >= HOW.join
    assert nearest(event, {}, HOW) is None


def test_gathering_merges_what_has_grown_together_into_the_larger() -> None:
    threads = {1: thread(*MUSIC), 2: thread(*FERRY, "Corvina ferry refloated"), 3: thread(*AFTER)}
    merges = list(Gathering(threads, HOW).run([3]))
    assert [(merge.running, merge.into) for merge in merges] == [(3, 2)]
    assert set(threads) == {1, 2}
    assert threads[2].size == 5


def test_gathering_works_by_words_where_there_is_no_meaning() -> None:
    one = thread("Паром «Корвина» сел на мель у Малтби", "Пассажиры парома «Корвина» спасены", language="ru")
    other = thread("Паром «Корвина» снят с мели у Малтби", language="ru")
    far = thread("Оркестр Тарна получил премию", language="ru")
    threads = {1: one, 2: other, 3: far}
    assert [(merge.running, merge.into) for merge in Gathering(threads, HOW).run([1, 2, 3])] == [(2, 1)]


def test_nothing_changed_nothing_merges() -> None:
    assert list(Gathering({1: thread(*FERRY), 2: thread(*AFTER)}, HOW).run([])) == []
