"""Readers at the desk, with what asks every room: erasing one of them, and letting one in who lost a device."""

from typing import Any

from allauth.mfa.models import Authenticator
from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from inkstand.billing.errors import ProviderAway, ProviderRefused
from inkstand.kit import clock
from inkstand.readers.admin import ReaderAdmin
from inkstand.readers.models import Reader
from inkstand.web.erase import erase
from inkstand.web.pages.erase import post_receipt

admin.site.unregister(Reader)


@admin.register(Reader)
class WholeReaderAdmin(ReaderAdmin):
    """To delete is to erase as the reader's own button does: one at a time, asked first, with a receipt."""

    actions = ["unlock"]

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        return {name: deed for name, deed in super().get_actions(request).items() if name != "delete_selected"}

    def get_deleted_objects(self, objs: Any, request: HttpRequest) -> Any:
        """Rows of other rooms may not be deleted by hand, and some are kept without a name: erasing knows which."""
        said = "Their membership is ended, and all that hangs on the account goes. It cannot be undone."
        return [*(reader.email for reader in objs), said], {}, set(), []

    def delete_view(self, request: HttpRequest, object_id: str, extra_context: Any = None) -> HttpResponse:
        try:
            return super().delete_view(request, object_id, extra_context)
        except (ProviderAway, ProviderRefused) as error:
            messages.error(request, str(error))
            return redirect("admin:readers_reader_change", object_id)

    def delete_model(self, request: HttpRequest, obj: Reader) -> None:
        to = obj.email
        receipt = erase(reader=obj, now=clock.now())
        post_receipt(receipt, to)
        messages.success(request, f"Erased, with the receipt {receipt.number}, which is on its way to {to}.")

    @admin.action(description="Take away passkeys and authenticator apps (a lost device)", permissions=["delete"])
    def unlock(self, request: HttpRequest, chosen: "QuerySet[Reader]") -> None:
        Authenticator.objects.filter(user__in=chosen).delete()
        messages.success(request, "They come in by a code from their mail, or their password.")
