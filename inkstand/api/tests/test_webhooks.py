"""Where the payment provider brings its messages: stored once and answered at once; nobody else is listened to."""

import pytest

from inkstand.billing.models import Message
from inkstand.billing.tests.conftest import AtTheTill
from inkstand.billing.till.provider import SIGNATURE


@pytest.fixture
def brought(db, settings):
    """A message of the till's, as it brings it: (body, headers)."""
    settings.BILLING = "till"
    house = AtTheTill()
    house.join()
    return house.fresh()[0]


def post(client, body, headers, name="till"):
    return client.post(f"/webhooks/{name}", body, content_type="application/json", headers=headers).status_code


def test_a_message_is_stored_once_and_both_times_taken(client, brought):
    assert [post(client, *brought) for _ in "12"] == [200, 200]
    assert Message.objects.count() == 1


@pytest.mark.parametrize("headers", [{}, {SIGNATURE: "made up"}])
def test_a_message_that_is_not_the_providers_is_refused(client, brought, headers):
    assert post(client, brought[0], headers) == 400 and not Message.objects.exists()


def test_another_provider_than_ours_is_not_listened_to(client, brought, settings):
    assert post(client, *brought, name="stripe") == 404
    settings.BILLING = "none"
    assert post(client, *brought) == 404 and not Message.objects.exists()


def test_a_message_of_megabytes_is_not_read(client, brought, settings):
    settings.DATA_UPLOAD_MAX_MEMORY_SIZE = 10
    assert post(client, *brought) == 413


def test_it_is_posted_to(client, brought):
    assert client.get("/webhooks/till").status_code == 405
