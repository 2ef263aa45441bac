"""Captions say what a picture shows, credits who made it."""

import pytest

from inkstand.articles.pictures import caption_and_credit, pictures
from inkstand.articles.values import Picture


@pytest.mark.parametrize(
    ("printed", "caption", "credit"),
    [
        ("The span at dawn. (Dot Eve/Reuters)", "The span at dawn.", "Dot Eve/Reuters"),
        ("The span at dawn (AP Photo/Dot Eve)", "The span at dawn", "AP Photo/Dot Eve"),
        ("The span at dawn. Photograph: Dot Eve/Getty", "The span at dawn.", "Dot Eve/Getty"),
        ("The span at dawn. Photo: Dot Eve", "The span at dawn.", "Dot Eve"),
        ("The span at dawn. Credit: Dot Eve", "The span at dawn.", "Dot Eve"),
        ("Image credit: Dot Eve", "", "Dot Eve"),
        ("The span at dawn | Photo by Dot Eve", "The span at dawn", "Dot Eve"),
        ("Die Brücke im Morgenlicht. Foto: Dot Eve/dpa", "Die Brücke im Morgenlicht.", "Dot Eve/dpa"),
        ("Le pont à l’aube. Crédit photo : Dot Eve", "Le pont à l’aube.", "Dot Eve"),
        ("El puente al alba. Fuente: EFE", "El puente al alba.", "EFE"),
        ("The span at dawn © Dot Eve", "The span at dawn", "Dot Eve"),
        ("The span at dawn. Dot Eve/Getty Images", "The span at dawn.", "Dot Eve/Getty Images"),
        ("The span (left) and the ferry (right)", "The span (left) and the ferry (right)", ""),
        ("The photo that opened a debate", "The photo that opened a debate", ""),
        ("", "", ""),
    ],
)
def test_a_printed_caption_comes_apart(printed, caption, credit):
    assert caption_and_credit(printed) == (caption, credit)


def test_a_bodys_pictures_in_order():
    body = (
        '<p>a</p><figure><img src="https://e.com/1.jpg" alt="x" width="640" height="400" loading="lazy">'
        "<figcaption>One. <em>Photo: Ada</em></figcaption></figure>"
        '<p><img src="https://e.com/2.jpg" alt="" loading="lazy"></p><figure><figcaption>none</figcaption></figure>'
    )
    assert pictures(body) == (
        Picture("https://e.com/1.jpg", "One.", "Ada", "x", 640, 400),
        Picture("https://e.com/2.jpg"),
    )
