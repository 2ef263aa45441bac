"""Foreign keys obey the rooms' order too: import-linter cannot see a key named by a string."""

import configparser
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

ROOT = Path(__file__).resolve().parent.parent


def levels() -> dict[str, int]:
    """Room → its height, read from the import contract itself: 0 is the top."""
    contract = configparser.ConfigParser()
    contract.read(ROOT / ".importlinter")
    layers = contract["importlinter:contract:rooms"]["layers"].split("\n")
    rows = [line for line in layers if line.strip()]
    return {room.strip(): height for height, line in enumerate(rows) for room in line.split("|")}


def room_of(model: type) -> str:
    return model.__module__.split(".")[1] if model.__module__.startswith("inkstand.") else ""


RELATIONS = [
    (model, field)
    for model in apps.get_models()
    if room_of(model)
    for field in model._meta.get_fields()
    if field.is_relation and not field.auto_created and room_of(field.related_model)
]


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=lambda thing: getattr(thing, "__name__", str(thing)))
def test_a_foreign_key_points_into_its_own_room_or_a_lower_one(model, field):
    here, there = room_of(model), room_of(field.related_model)
    assert here == there or levels()[here] < levels()[there]


@pytest.mark.parametrize(("model", "field"), RELATIONS, ids=lambda thing: getattr(thing, "__name__", str(thing)))
def test_a_key_across_rooms_leaves_no_name_on_the_other_side(model, field):
    """What hangs on an article from above is not the article's to know."""
    if room_of(model) == room_of(field.related_model):
        return
    allowed = {("wire", "poll"), ("stories", "account")}
    assert field.remote_field.hidden or (room_of(model), field.remote_field.related_name) in allowed


def test_every_room_with_models_is_installed():
    rooms = {path.parent.name for path in (ROOT / "inkstand").glob("*/models.py")}
    assert rooms <= {name.split(".")[1] for name in settings.INSTALLED_APPS if name.startswith("inkstand.")}
