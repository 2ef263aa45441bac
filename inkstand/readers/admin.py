"""Readers in the admin: who they are, never what they read."""

from django.contrib import admin

from inkstand.readers.models import Reader


@admin.register(Reader)
class ReaderAdmin(admin.ModelAdmin):
    list_display = ["email", "name", "is_staff", "joined_at", "last_login"]
    list_filter = ["is_staff", "is_active"]
    search_fields = ["email", "name"]
    fields = ["email", "name", "is_active", "is_staff", "is_superuser", "groups", "joined_at", "last_login"]
    readonly_fields = ["joined_at", "last_login"]
    filter_horizontal = ["groups"]
