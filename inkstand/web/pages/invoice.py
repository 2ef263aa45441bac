"""A payment's invoice as PDF, for the reader who paid it."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_safe

from inkstand.billing.invoice import invoice as printed
from inkstand.billing.models import Payment
from inkstand.web.files import file_name
from inkstand.web.pages.frame import signed_in_reader
from inkstand.web.pages.membership_view import name_of


@require_safe
@login_required
def invoice(request: HttpRequest, number: int) -> HttpResponse:
    own = Payment.objects.select_related("contract__reader").filter(contract__reader=signed_in_reader(request))
    paid = get_object_or_404(own, number=number)
    made = printed(paid, what=name_of(paid.contract))
    disposition = f'inline; filename="{file_name(f"{number}.pdf")}"'
    return HttpResponse(made, content_type="application/pdf", headers={"Content-Disposition": disposition})
