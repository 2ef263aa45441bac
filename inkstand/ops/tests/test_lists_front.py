"""`inkstand front --json` says where each story stands and, in words, why."""

import json

from inkstand.kit import clock
from inkstand.ops import lists
from inkstand.stories.place import place
from inkstand.wire.parse.values import Document, Item
from inkstand.wire.take_in import take_in
from inkstand.wire.tests.factory import a_feed


def test_each_place_has_its_words_and_its_reasons(db, capsys):
    now = clock.now()
    item = Item(id="1", url="https://gazette.example/1", headline="The bridge is closed", published=now)
    source = a_feed(url="https://gazette.example/feed", name="Gazette")
    place(take_in([(source, Document(items=(item,)))], now=now).articles, now=now)
    lists.front(as_json=True)
    lead = json.loads(capsys.readouterr().out)["lead"]
    assert (lead["headline"], lead["title_name"]) == ("The bridge is closed", "Gazette")
    assert "One title tells it." in lead["reasons"]
    assert abs(lead["points"] - sum(lead["parts"].values())) < 1e-2
