"""What billing refuses, and what the provider may not do for us."""

from inkstand.kit.errors import InkstandError


class BillingOff(InkstandError):
    code = "billing-off"
    message = "This paper takes no payments. Whoever runs it can change that: INKSTAND_BILLING=till or stripe."


class StripeKeyMissing(InkstandError):
    code = "stripe-key-missing"
    message = "INKSTAND_BILLING=stripe wants {name}. Copy it from the Stripe dashboard, or set {name}_FILE."


class AlreadyMember(InkstandError):
    code = "already-member"
    message = "Reader {reader_id} is a member under contract {contract_id}. Nothing was charged; leave that one first."


class NoSuchPlan(InkstandError):
    code = "no-such-plan"
    message = "There is no plan {plan}. Choose one of those on the membership page."


class NoContract(InkstandError):
    code = "no-contract"
    message = (
        "Reader {reader_id} has no contract that runs, so there is nothing to change. Join on the membership page."
    )


class NotForYou(InkstandError):
    code = "plan-not-for-you"
    message = (
        "Plan {plan} is for addresses of {domains}. Confirm such an address in your account, or choose another plan."
    )


class CannotPause(InkstandError):
    code = "cannot-pause"
    message = (
        "Contract {contract_id} cannot be paused: only one paid by the month can, for {most} months at most, while"
        " nothing is owed. It can be left at any time instead."
    )


class GiftRefused(InkstandError):
    code = "gift-refused"
    message = "This gift {reason}. Ask whoever gave it to you."


class WithdrawalTooLate(InkstandError):
    code = "withdrawal-too-late"
    message = "Contract {contract_id} could be withdrawn from until {until}. It can be left at any time instead."


class ProviderAway(InkstandError):
    code = "provider-away"
    message = "The payment provider {provider} does not answer ({reason}). Nothing was charged twice; try again."


class ProviderRefused(InkstandError):
    code = "provider-refused"
    message = "The payment provider {provider} refused: {reason}. Check its key and its dashboard."


class RefundRefused(InkstandError):
    code = "refund-refused"
    message = "Payment {payment} cannot give back {amount}: {reason}. Look it up at the provider."


class MessageForged(InkstandError):
    code = "message-forged"
    message = "A message in the name of {provider} is not signed by it: {reason}. Check the webhook secret."
