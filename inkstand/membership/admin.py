"""Grants in the admin: give somebody a membership by hand."""

from django.contrib import admin

from inkstand.membership.models import Grant


@admin.register(Grant)
class GrantAdmin(admin.ModelAdmin):
    list_display = ["reader", "kind", "starts_at", "ends_at", "why"]
    list_filter = ["kind"]
    list_select_related = ["reader"]
    autocomplete_fields = ["reader"]
