"""What an OpenID provider says of somebody, as groups name it."""

import pytest
from django.core.exceptions import ValidationError

from inkstand.membership.claims import claims
from inkstand.membership.models import Group


@pytest.mark.parametrize(
    ("said", "as_named"),
    [
        ({"affiliation": "member@library.example"}, {"affiliation=member@library.example"}),
        ({"groups": ["staff", "", 7, {"deep": 1}]}, {"groups=staff", "groups=7"}),
        ({"staff": True, "left": False, "none": None}, {"staff=true", "left=false"}),
        ({"address": {"country": "GB"}}, set()),
    ],
)
def test_each_value_is_named(said, as_named):
    assert claims(said) == as_named


@pytest.mark.parametrize("text", ["staff", "=staff", "groups="])
def test_what_is_no_claim_is_refused_at_the_desk(text):
    with pytest.raises(ValidationError, match="is no claim"):
        Group(name="Library", claims=[text]).clean()
