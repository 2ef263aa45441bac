"""The language of what was written, or what its feed says where that is too little to tell."""

import pytest

from inkstand.wire.language import language


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("en", "The harbour bridge was opened to walkers on Sunday after eleven years of work."),
        ("de", "Die Hafenbrücke wurde am Sonntag nach elf Jahren Bauzeit für Fußgänger geöffnet."),
        ("fr", "Le pont du port a été ouvert aux piétons dimanche après onze ans de travaux."),
        ("es", "El puente del puerto se abrió el domingo a los peatones tras once años de obras."),
        ("pt", "A ponte do porto foi aberta aos pedestres no domingo depois de onze anos de obras."),
        ("ru", "Портовый мост был открыт для пешеходов в воскресенье после одиннадцати лет работ."),
        ("ja", "港の橋は十一年の工事を経て日曜日に歩行者に開放された。"),
        ("ar", "افتتح جسر الميناء للمشاة يوم الأحد بعد أحد عشر عاما من العمل."),
    ],
)
def test_a_sentence_is_enough(code, text):
    assert language(text, otherwise="xx") == code


@pytest.mark.parametrize("text", ["", "OK", "12:30", "\n\n!?", "Live"])
def test_too_little_takes_the_feeds_word(text):
    assert language(text, otherwise="pt-BR") == "pt"
    assert language(text) == ""


def test_line_breaks_do_not_matter():
    assert language("The harbour bridge was opened\nto walkers on Sunday\nafter eleven years.") == "en"
