"""Royalties in the admin: looked at, not touched. What changes here is published rules and who works for whom."""

from typing import Any

from django.contrib import admin
from django.forms import ModelForm, ValidationError

from inkstand.kit import clock
from inkstand.kit.admin import LookedAt
from inkstand.kit.money import Money
from inkstand.kit.months import month_of
from inkstand.royalties.errors import RuleTooEarly
from inkstand.royalties.models import Booking, Earning, Entry, Insider, Period, Rule
from inkstand.royalties.months import after, told
from inkstand.royalties.rules import publish_rule


class RuleForm(ModelForm):
    def clean_starts(self) -> Any:
        starts = month_of(self.cleaned_data["starts"])
        if starts < (earliest := after(month_of(clock.now()))):
            raise ValidationError(str(RuleTooEarly(earliest=told(earliest))))
        return starts


@admin.register(Rule)
class RuleAdmin(LookedAt, admin.ModelAdmin):
    form = RuleForm
    list_display = ["version", "starts", "pays", "operator_permille", "copy_permille", "min_seconds"]

    fields = ["starts", "pays", "operator_permille", "copy_permille", "min_seconds"]

    def has_add_permission(self, request: Any, obj: object = None) -> bool:
        return bool(request.user.is_superuser)

    def save_model(self, request: Any, obj: Rule, form: Any, change: bool) -> None:
        obj.pk = publish_rule(**form.cleaned_data, now=clock.now()).pk


@admin.register(Period)
class PeriodAdmin(LookedAt, admin.ModelAdmin):
    list_display = ["month", "settled_at", "rule"]
    fields = ["month", "settled_at", "rule"]


class EntryInline(LookedAt, admin.TabularInline):
    model = Entry
    fields = ["account", "minor"]
    extra = 0


@admin.register(Booking)
class BookingAdmin(LookedAt, admin.ModelAdmin):
    list_display = ["reference", "kind", "period", "currency", "why", "booked_at"]
    list_filter = ["kind", "currency"]
    search_fields = ["reference", "why"]
    list_select_related = ["period"]
    inlines = [EntryInline]


@admin.register(Earning)
class EarningAdmin(LookedAt, admin.ModelAdmin):
    list_display = ["period", "title", "by_reader", "by_pot"]
    list_filter = ["period", "currency"]
    search_fields = ["title__name"]
    list_select_related = ["period", "title"]

    @admin.display(description="user-centric")
    def by_reader(self, earning: Earning) -> str:
        return str(Money(earning.user_centric, earning.currency))

    @admin.display(description="pro-rata")
    def by_pot(self, earning: Earning) -> str:
        return str(Money(earning.pro_rata, earning.currency))


@admin.register(Insider)
class InsiderAdmin(admin.ModelAdmin):
    list_display = ["reader", "publisher", "sees_months"]
    autocomplete_fields = ["reader", "publisher"]
    list_select_related = ["reader", "publisher"]
