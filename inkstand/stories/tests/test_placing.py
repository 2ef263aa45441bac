"""Whole placings with the weights that ship, on invented news."""

import pytest

from inkstand.stories.decide import Join, New
from inkstand.stories.features import Features, pack, unpack
from inkstand.stories.placing import Placing, restore

HOUR = 3600.0
MONDAY = 1_772_442_000.0

# Each language: two events, each told twice; the third event shares the first's subject but is another matter.
TOLD = {
    "en": [
        ("Ferry Corvina runs aground off Maltby with 40 aboard", "Lifeboats took all 40 passengers off the Corvina."),
        (
            "All rescued after ferry Corvina grounds near Maltby",
            "The 40 passengers of the Corvina were taken off by lifeboat.",
        ),
        ("Tarn orchestra wins the Halloran prize", "The jury praised the orchestra of Tarn for its recording."),
        ("Halloran prize goes to the orchestra of Tarn", "The Halloran jury chose Tarn's orchestra unanimously."),
    ],
    "de": [
        (
            "Fähre Corvina läuft vor Maltby auf Grund, 40 Menschen an Bord",
            "Seenotretter holten alle 40 Passagiere von der Corvina.",
        ),
        (
            "40 Passagiere der Corvina nach Havarie vor Maltby gerettet",
            "Die Fähre Corvina war vor Maltby auf Grund gelaufen.",
        ),
        ("Tarner Orchester gewinnt den Halloran-Preis", "Die Jury lobte das Orchester aus Tarn für seine Aufnahme."),
        ("Halloran-Preis geht an das Orchester aus Tarn", "Die Halloran-Jury wählte das Tarner Orchester einstimmig."),
    ],
    "es": [
        (
            "El ferry Corvina encalla frente a Maltby con 40 personas",
            "Los botes evacuaron a los 40 pasajeros del Corvina.",
        ),
        ("Rescatados los 40 pasajeros del ferry Corvina, encallado en Maltby", "El Corvina encalló frente a Maltby."),
        ("La orquesta de Tarn gana el premio Halloran", "El jurado elogió la grabación de la orquesta de Tarn."),
        (
            "El premio Halloran es para la orquesta de Tarn",
            "El jurado del Halloran eligió a la orquesta por unanimidad.",
        ),
    ],
    "fr": [
        ("Le ferry Corvina s'échoue devant Maltby avec 40 personnes", "Les 40 passagers du Corvina ont été évacués."),
        ("Les 40 passagers du ferry Corvina, échoué à Maltby, sont saufs", "Le Corvina s'est échoué devant Maltby."),
        ("L'orchestre de Tarn remporte le prix Halloran", "Le jury a salué l'enregistrement de l'orchestre de Tarn."),
        ("Le prix Halloran revient à l'orchestre de Tarn", "Le jury du Halloran a choisi l'orchestre de Tarn."),
    ],
    "pt": [
        (
            "Balsa Corvina encalha perto de Maltby com 40 pessoas",
            "Os 40 passageiros da Corvina foram retirados por barcos.",
        ),
        ("Resgatados os 40 passageiros da balsa Corvina em Maltby", "A Corvina encalhou perto de Maltby na madrugada."),
        ("Orquestra de Tarn vence o prêmio Halloran", "O júri elogiou a gravação da orquestra de Tarn."),
        ("Prêmio Halloran vai para a orquestra de Tarn", "O júri do Halloran escolheu a orquestra de Tarn."),
    ],
    "ru": [
        ("Паром «Корвина» сел на мель у Малтби, на борту 40 человек", "Всех 40 пассажиров «Корвины» сняли спасатели."),
        ("Спасены 40 пассажиров парома «Корвина», севшего на мель у Малтби", "Паром «Корвина» сел на мель ночью."),
        ("Оркестр Тарна получил премию Халлорана", "Жюри отметило запись оркестра из Тарна."),
        ("Премия Халлорана досталась оркестру Тарна", "Жюри премии Халлорана выбрало оркестр единогласно."),
    ],
    "ar": [
        ("جنوح العبّارة كورفينا قبالة مالتبي وعلى متنها 40 شخصا", "أجلت قوارب النجاة جميع ركاب كورفينا الأربعين."),
        ("إنقاذ 40 راكبا من العبّارة كورفينا الجانحة قبالة مالتبي", "جنحت العبّارة كورفينا قبالة مالتبي فجرا."),
        ("أوركسترا تارن تفوز بجائزة هالوران", "أشادت لجنة التحكيم بتسجيل أوركسترا تارن."),
        ("جائزة هالوران تذهب إلى أوركسترا تارن", "اختارت لجنة هالوران أوركسترا تارن بالإجماع."),
    ],
}


def put(placing: Placing, article: Features, at: float, number: int) -> int:
    found = placing.place(article, at)
    story, of = (one.story if isinstance(one, Join) else number for one in (found.event, found.running))
    placing.add(article, at=at, story=story, of=of)
    return story


@pytest.fixture
def placing() -> Placing:
    """With a little of other days' news in it, as a paper has."""
    fresh = Placing(capacity=400)
    for number in range(60):
        headline = f"Council of district {number} votes on street {number * 7} and bridge {number * 3}"
        put(
            fresh,
            fresh.read(headline, f"Residents of ward {number * 11} had asked for it.", "en"),
            MONDAY - HOUR,
            1000 + number,
        )
    return fresh


@pytest.mark.parametrize("language", TOLD)
def test_each_language_clusters_within_itself(placing: Placing, language: str) -> None:
    told = TOLD[language]
    order = [told[0], told[2], told[1], told[3]]
    placed = [
        put(placing, placing.read(headline, lead, language), MONDAY + number * HOUR, number)
        for number, (headline, lead) in enumerate(order)
    ]
    assert placed == [0, 1, 0, 1]


def test_the_first_article_ever_begins_a_story() -> None:
    empty = Placing(capacity=10)
    found = empty.place(empty.read("Ferry aground", "", "en"), MONDAY)
    assert found.event == New(float("-inf"))


def test_an_article_with_no_words_begins_a_story(placing: Placing) -> None:
    assert isinstance(placing.place(placing.read("", "", "en"), MONDAY).event, New)


def test_a_join_says_why(placing: Placing) -> None:
    first, again = TOLD["en"][:2]
    put(placing, placing.read(*first, "en"), MONDAY, 1)
    event = placing.place(placing.read(*again, "en"), MONDAY + HOUR).event
    assert isinstance(event, Join)
    assert dict(event.why)["days"] == 0
    assert dict(event.why)["most_names"] > 0.3


def test_months_between_speak_against_one_event(placing: Placing) -> None:
    put(placing, placing.read(*TOLD["en"][2], "en"), MONDAY, 1)
    again = placing.read(*TOLD["en"][3], "en")
    same_day, months_on = (placing.place(again, MONDAY + gap).event for gap in (HOUR, 200 * 24 * HOUR))
    assert same_day.score > months_on.score


def test_placing_changes_nothing(placing: Placing) -> None:
    article = placing.read(*TOLD["en"][0], "en")
    before = len(placing.window)
    assert placing.place(article, MONDAY) == placing.place(article, MONDAY)
    assert len(placing.window) == before


def test_a_restart_loses_nothing(placing: Placing) -> None:
    for number, (headline, lead) in enumerate(TOLD["en"]):
        put(placing, placing.read(headline, lead, "en"), MONDAY, number)
    stored = [(pack(article), at, story, placing.follows[story]) for article, at, story in placing.window.articles()]
    again = Placing(capacity=400)
    restore(again, ((unpack(packed), at, story, of) for packed, at, story, of in stored))
    asked = placing.read("Corvina refloated off Maltby", "The ferry was towed.", "en")
    assert again.place(asked, MONDAY) == placing.place(asked, MONDAY)


def test_a_story_that_leaves_the_window_leaves_its_running_story() -> None:
    small = Placing(capacity=2)
    for number, (headline, lead) in enumerate([*TOLD["en"], *TOLD["fr"]]):
        small.add(small.read(headline, lead, "en"), at=MONDAY, story=number, of=number)
    assert set(small.follows) == set(small.threads) == {6, 7}
