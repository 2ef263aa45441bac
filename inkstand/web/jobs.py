"""Work of the pages that a reader does not wait for."""

from django.conf import settings
from django.urls import reverse
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from inkstand.kit import clock
from inkstand.membership.letters import letter, send
from inkstand.readers.models import Parcel
from inkstand.web.export import leaves, zipped


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
    ready = letter(_("Your export from Inkstand is ready"), says, settings.ORIGIN + reverse("export"))
    send(ready, parcel.reader.email)
