"""What a device or a form told, read and checked."""

import contextlib
import uuid

import pytest
from hypothesis import given
from hypothesis import strategies as st

from inkstand.reading.actions import SUBJECTS, WANTS, Action, action, parse
from inkstand.reading.carry_out import DEEDS
from inkstand.reading.errors import ActionUnreadable
from inkstand.reading.tests.conftest import NOW

SAID = {"id": str(uuid.uuid4()), "at": "2026-03-14T09:30:00Z"}


def test_every_action_has_a_deed():
    assert set(WANTS) == set(DEEDS)
    assert set(SUBJECTS) <= set(WANTS)


def test_a_form_tells_the_same_as_a_device():
    assert parse({**SAID, "do": "read", "article": "7", "progress": "40"}) == parse(
        {**SAID, "do": "read", "article": 7, "progress": 40, "revision": 1}
    )


@pytest.mark.parametrize(
    ("field", "said"),
    {
        "do": {"do": "erase-everyone"},
        "id": {"do": "forget-all", "id": "7"},
        "at": {"do": "forget-all", "at": "2026-03-14T09:30:00"},
        "article": {"do": "save", "article": "-3"},
        "progress": {"do": "read", "article": 3, "progress": 101},
        "kind": {"do": "follow", "kind": "reader", "key": "7"},
        "key": {"do": "follow", "kind": "title", "key": "../"},
        "word": {"do": "mute", "word": " \0 "},
        "stories": {"do": "shown", "stories": [1, "two"]},
    }.items(),
)
def test_what_cannot_be_read_is_named(field, said):
    with pytest.raises(ActionUnreadable, match=f"“{field}”"):
        parse({**SAID, **said})


def test_a_true_is_no_number():
    with pytest.raises(ActionUnreadable):
        parse({**SAID, "do": "save", "article": True})


json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(),
    lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner),
    max_leaves=5,
)


@given(st.fixed_dictionaries({"do": st.sampled_from(sorted(WANTS))}, optional=dict.fromkeys(SAID, json)), st.data())
def test_any_json_is_read_or_refused_in_words(said, data):
    said |= {name: data.draw(json) for name in WANTS[said["do"]]}
    with contextlib.suppress(ActionUnreadable):
        assert isinstance(parse({**SAID, **said}), Action)


def test_an_id_is_written_in_one_way():
    assert action("follow", at=NOW, kind="title", key="007").subject == "follow:title:7"


def test_a_word_is_muted_in_one_spelling():
    assert action("mute", at=NOW, word="  Daylight\tSaving ").word == "daylight saving"


def test_doing_and_undoing_share_a_subject():
    assert action("save", at=NOW, article=3).subject == action("unsave", at=NOW, article=3).subject
    assert action("save", at=NOW, article=3).subject != action("save", at=NOW, article=4).subject
    assert action("read", at=NOW, article=3).subject == ""
