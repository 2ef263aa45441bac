"""What billing writes to a reader: each letter holds what was agreed or paid, and the links that undo it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from inkstand.billing import withdraw
from inkstand.billing.models import Contract, Gift, Payment
from inkstand.billing.said import gift_said, months_said
from inkstand.kit.codes import in_fours
from inkstand.kit.money import Money
from inkstand.membership.letters import Letter, at, letter, link, paper, rows


def written(kind: str, contract: Contract, payment: Payment | None) -> Letter:
    if payment:
        return receipt(contract, payment)
    return _LETTERS[kind](contract)


def address_of(kind: str, contract: Contract) -> str:
    """Whom it goes to: "" where their row is gone. A gift goes to whom it was bought for."""
    if kind == "gift" and (given := _gift_of(contract)) and given.email:
        return given.email
    return contract.reader.email if contract.reader else ""


def joined(contract: Contract) -> Letter:
    return letter(
        _("Welcome: you are a member"),
        rows(
            (_("Contract"), str(contract.pk)),
            (_("Price"), _price(contract)),
            (_("Concluded"), at(contract.began_at)),
            (_("First payment"), at(contract.charge_from)),
        ),
        _("You asked that it begin at once. You may leave at any time; what is paid for you read to the end."),
        "" if _pays_now(contract) else _("If you leave before the day of the first payment, nothing is charged."),
        _you_may_withdraw(contract),
        link(_("Your membership, and leaving it:"), reverse("membership")),
    )


def receipt(contract: Contract, payment: Payment) -> Letter:
    """A gift's says that it is one: its time begins when it is taken, and there is nothing to leave."""
    given = _gift_of(contract) if contract.once else None
    span = f"{at(payment.covers_from)} – {at(payment.covers_until)}"
    paid_for = gift_said(given.months) if given else span
    once = _("It is paid once and ends by itself. Until it is taken, all of it goes back if you withdraw.")
    gifts = link(_("Your gifts, with their codes:"), reverse("gift-buy"))
    return letter(
        _("Receipt %(number)s") % {"number": payment.number},
        rows(
            (_("Paid"), f"{payment.total}, {at(payment.paid_at)}"),
            (_("of which tax"), str(Money(payment.tax, payment.currency)) if payment.tax else ""),
            (_("For"), paid_for),
            (_("Contract"), str(contract.pk)),
        ),
        once if given else "",
        _you_may_withdraw(contract),
        gifts if given else link(_("Your membership, and leaving it:"), reverse("membership")),
    )


def failed(contract: Contract) -> Letter:
    return letter(
        _("Your payment did not come through"),
        _("%(price)s was due and could not be taken. You read on; it will be tried again over the next days.")
        % {"price": contract.price},
        link(_("To pay in another way:"), reverse("membership")),
    )


def due(contract: Contract) -> Letter:
    return letter(
        _("Your next payment is due in three days"),
        rows((_("Price"), str(contract.price)), (_("Due"), at(contract.paused_until or contract.charge_from))),
        _("Then your membership goes on. If you leave before that day, nothing is charged."),
        link(_("Your membership, and leaving it:"), reverse("membership")),
    )


def tried(contract: Contract) -> Letter:
    return letter(
        _("Nothing was charged: this card has had its fourteen days"),
        _("A trial with this card has been before, and it comes once. So the contract was ended before any payment."),
        link(_("To join, with the first payment due at once:"), reverse("membership")),
    )


def left(contract: Contract) -> Letter:
    ends = contract.leaves_at or contract.ended_at or contract.paid_until
    return letter(
        _("You have left; nothing more will be charged"),
        rows((_("Contract"), str(contract.pk)), (_("Your membership ends"), at(ends))),
        _("Until then everything stays open to you. Your account and all you saved are kept after it, too."),
        _you_may_withdraw(contract),
        link(_("If you think better of it:"), reverse("membership")),
    )


def paused(contract: Contract) -> Letter:
    return letter(
        _("Your membership is paused"),
        rows(
            (_("Contract"), str(contract.pk)),
            (_("Read until"), at(contract.paid_until)),
            (_("Next payment"), at(contract.paused_until or contract.paid_until)),
        ),
        _("In between nothing is charged. It goes on by itself with that payment, or sooner if you say so."),
        link(_("Your membership, going on with it, and leaving it:"), reverse("membership")),
    )


def withdrawn(contract: Contract) -> Letter:
    assert contract.withdrawn_at is not None
    back = [Money(due, payment.currency) for payment, due in withdraw.refunds(contract, contract.withdrawn_at) if due]
    return letter(
        _("You have withdrawn from your contract"),
        rows(
            (_("Contract"), str(contract.pk)),
            (_("Your statement reached us"), at(contract.withdrawn_at)),
            (_("You get back"), ", ".join(map(str, back)) or _("nothing was paid")),
        ),
        _("The money goes back the way it came, within fourteen days. What you used until then was by its days.")
        if back
        else _("Nothing was paid, and nothing will be charged."),
    )


def doubled(contract: Contract) -> Letter:
    return letter(
        _("You joined twice, and pay once"),
        _("A second contract was concluded beside the one you have. It is ended, and what you paid for it goes back."),
        link(_("Your membership:"), reverse("membership")),
    )


def asked_to_withdraw(contract: Contract) -> Letter:
    return letter(
        _("The link to withdraw from your contract"),
        _you_may_withdraw(contract),
        _("If you did not ask for it, do nothing, and nothing changes."),
    )


def gift(contract: Contract) -> Letter:
    given = _gift_of(contract)
    assert given is not None
    months = months_said(given.months)
    giver = given.giver.name if given.giver else ""
    opening = _("%(giver)s gives you %(months)s of %(paper)s: every article as its title delivers it.")
    unnamed = _("Here are %(months)s of %(paper)s, as a gift: every article as its title delivers it.")
    return letter(
        _("A gift for you: %(months)s of %(paper)s") % {"months": months, "paper": paper()},
        (opening if giver else unnamed) % {"giver": giver, "months": months, "paper": paper()},
        f"“{given.says}”" if given.says else "",
        link(_("To take it:"), reverse("gift", args=[given.code])),
        _("It is paid for, ends by itself, and asks for no card. Its code is %(code)s.")
        % {"code": in_fours(given.code)},
    )


def _price(contract: Contract) -> str:
    said = ngettext("%(price)s every month", "%(price)s every %(num)s months", contract.months)
    return said % {"price": contract.price, "num": contract.months}


def _pays_now(contract: Contract) -> bool:
    return contract.charge_from <= contract.began_at


def _gift_of(contract: Contract) -> Gift | None:
    return Gift.objects.select_related("giver").filter(contract=contract).first()


def _you_may_withdraw(contract: Contract) -> str:
    if contract.withdrawn_at or contract.doubles_id or contract.ended_at:
        return ""
    says = _("Withdraw from the contract here, until %(when)s, without giving a reason:")
    path = reverse("withdraw", args=[withdraw.token(contract)])
    return link(says % {"when": at(withdraw.until(contract))}, path)


_LETTERS = {
    "joined": joined,
    "failed": failed,
    "due": due,
    "tried": tried,
    "left": left,
    "paused": paused,
    "withdrawn": withdrawn,
    "doubled": doubled,
    "link": asked_to_withdraw,
    "gift": gift,
}
