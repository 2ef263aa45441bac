"""Membership at the desk: give somebody a membership by hand, keep a library's group, print vouchers."""

from typing import Any

from django.contrib import admin

from inkstand.kit.admin import LookedAt
from inkstand.membership import groups
from inkstand.membership.models import Grant, Group, Seat, Voucher


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):
    list_display = ["reader", "kind", "starts_at", "ends_at", "why"]
    list_filter = ["kind"]
    list_select_related = ["reader"]
    autocomplete_fields = ["reader"]


@admin.register(Group)
class GroupAdmin(admin.ModelAdmin):
    list_display = ["name", "owner", "seats", "starts_at", "ends_at"]
    search_fields = ["name"]
    autocomplete_fields = ["owner"]

    def save_model(self, request: Any, obj: Group, form: Any, change: bool) -> None:
        super().save_model(request, obj, form, change)
        groups.renew(obj)


@admin.register(Seat)
class SeatAdmin(LookedAt, admin.ModelAdmin):
    """Looked at here; taken and given back by readers themselves, so that grants follow."""

    list_display = ["group", "reader", "taken_at"]
    list_select_related = ["group", "reader"]


@admin.register(Voucher)
class VoucherAdmin(admin.ModelAdmin):
    list_display = ["code", "days", "uses", "until", "why"]
