"""Picks in the admin."""

from typing import Any

from django.contrib import admin

from inkstand.desk.models import Pick
from inkstand.desk.printing import print_anew
from inkstand.kit import clock


@admin.register(Pick)
class PickAdmin(admin.ModelAdmin):
    list_display = ["article", "kind", "note", "editor", "starts_at", "ends_at"]
    list_filter = ["kind"]
    list_select_related = ["article__current", "editor"]
    autocomplete_fields = ["article"]
    exclude = ["editor"]

    def get_changeform_initial_data(self, request: Any) -> dict[str, Any]:
        return {"starts_at": clock.now(), **super().get_changeform_initial_data(request)}

    def save_model(self, request: Any, pick: Pick, form: Any, change: bool) -> None:
        pick.editor = pick.editor or request.user
        super().save_model(request, pick, form, change)
        print_anew()

    def delete_model(self, request: Any, pick: Pick) -> None:
        super().delete_model(request, pick)
        print_anew()

    def delete_queryset(self, request: Any, picks: Any) -> None:
        super().delete_queryset(request, picks)
        print_anew()
