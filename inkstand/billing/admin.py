"""Money at the desk: looked at, not touched; what may be done is to look again, and to act on a message again."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from procrastinate.contrib.django import app

from inkstand.billing.models import Contract, Gift, Message, Payment
from inkstand.kit.admin import LookedAt


class PaymentInline(LookedAt, admin.TabularInline):
    model = Payment
    fields = ["number", "total", "tax", "kept", "refunded", "paid_at", "covers_from", "covers_until", "reference"]
    readonly_fields = ["total"]
    extra = 0


@admin.register(Contract)
class ContractAdmin(LookedAt, admin.ModelAdmin):
    list_display = [
        "__str__",
        "reader",
        "plan",
        "price",
        "began_at",
        "paid_until",
        "leaves_at",
        "ended_at",
        "looked_at",
    ]
    list_filter = ["provider", "plan", "once"]
    search_fields = ["reference", "customer", "reader__email"]
    list_select_related = ["reader"]
    inlines = [PaymentInline]
    actions = ["look_again"]

    @admin.action(description="Look again at the provider")
    def look_again(self, request: Any, chosen: "QuerySet[Contract]") -> None:
        for contract in chosen:
            app.configure_task("billing.look", queue="billing").defer(contract=contract.pk)
        messages.success(request, f"{len(chosen)} contracts are looked at within the minute.")


@admin.register(Message)
class MessageAdmin(LookedAt, admin.ModelAdmin):
    list_display = ["reference", "kind", "about", "at", "came_at", "done_at", "mended"]
    list_filter = ["provider", "kind", "mended"]
    search_fields = ["reference", "about", "customer"]
    actions = ["act_again"]

    @admin.action(description="Act on again")
    def act_again(self, request: Any, chosen: "QuerySet[Message]") -> None:
        for message in chosen:
            app.configure_task("billing.act_on", queue="billing").defer(message=message.pk, again=True)
        messages.success(request, f"{len(chosen)} messages are acted on within the minute.")


@admin.register(Gift)
class GiftAdmin(LookedAt, admin.ModelAdmin):
    """Without its code: with that anybody could take it."""

    list_display = ["__str__", "giver", "months", "send_at", "sent_at", "taken_from", "taken_until"]
    list_select_related = ["giver"]
    exclude = ["code", "says", "email"]
