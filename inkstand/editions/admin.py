"""Editions and errands in the admin: to be looked at, never changed."""

from django.contrib import admin

from inkstand.editions.models import Edition, Errand
from inkstand.kit.admin import LookedAt


@admin.register(Edition)
class EditionAdmin(LookedAt, admin.ModelAdmin):
    list_display = ["day", "half", "language", "country", "reader", "made_at", "size"]
    list_filter = ["half", "language", "country"]
    list_select_related = ["reader"]
    date_hierarchy = "strikes_at"


@admin.register(Errand)
class ErrandAdmin(LookedAt, admin.ModelAdmin):
    list_display = ["reader", "kind", "way", "made_at", "outcome", "tries", "done_at"]
    list_filter = ["kind", "way", "outcome"]
    list_select_related = ["reader"]
