"""Work of the pages that a reader does not wait for."""

import time

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from inkstand.editions.post import carry_mail
from inkstand.kit import clock
from inkstand.membership.letters import letter, paper, send
from inkstand.readers.models import Parcel
from inkstand.web import edition_letter
from inkstand.web.export import leaves, zipped

# A turn ends before the next begins, so that no other work of the paper waits long for it.
TURN_S = 50


@app.task(name="web.pack", queue="web")
def pack(reader: int) -> None:
    """Packs a long export and says that it lies ready. A reader who is gone meanwhile is left alone."""
    parcel = Parcel.objects.filter(reader=reader).select_related("reader").first()
    if parcel is None:
        return
    now = clock.now()
    parcel.body, parcel.packed_at = b"".join(zipped(leaves(parcel.reader, now), now)), now
    parcel.save(update_fields=["body", "packed_at"])
    says = _("Everything you did is packed. It lies ready for a week, for you alone:")
    subject = _("Your export from %(paper)s is ready") % {"paper": paper()}
    send(letter(subject, says, settings.ORIGIN + reverse("export")), parcel.reader.email)


@app.periodic(cron="* * * * *")
@app.task(name="web.letters", queue="editions", queueing_lock="web.letters")
def bring_letters(timestamp: int) -> None:
    """Editions by mail."""
    began = time.monotonic()
    carry_mail(edition_letter.write, clock.now(), lambda: time.monotonic() - began < TURN_S)
