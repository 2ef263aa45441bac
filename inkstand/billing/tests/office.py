"""The paper's side of a test: Cy, who joins at a house; its messages brought in whatever manner; what then is known."""

from django.db.models import Max
from procrastinate.contrib.django.models import ProcrastinateJob

from inkstand.billing import models
from inkstand.billing.join import Ways, Wish, join
from inkstand.billing.models import Contract, Payment
from inkstand.billing.receive import act_on, bring_in, receive
from inkstand.billing.reconcile import reconcile
from inkstand.billing.tests.conftest import EURO_9
from inkstand.kit.money import Money
from inkstand.membership.models import Grant
from inkstand.membership.plans import Plan, Price
from inkstand.membership.standing import standing_of
from inkstand.readers.models import Reader

WAYS = Ways(done="http://paper.example/membership/thanks/", back="http://paper.example/membership/")


class Office:
    """`reader` is Cy's row. The queue's work is done when a test says so."""

    def __init__(self, house, name="cy"):
        self.house, self.provider = house, house.provider
        self.last = ProcrastinateJob.objects.aggregate(last=Max("pk"))["last"] or 0
        self.reader = Reader.objects.create_user(f"{name}@example.org")

    @property
    def now(self):
        return self.house.now

    def checkout(self, price=EURO_9, months=1, slug="month", seats=1):
        plan = Plan(slug, months, (Price(price),))
        return join(self.provider, self.reader, Wish(plan, price, "Inkstand", seats), ways=WAYS, now=self.now)

    def pays(self, **said):
        """Joins and pays; nothing of it has reached us yet. The contract's reference."""
        checkout = self.checkout(**said)
        assert self.house.pay(checkout.reference)
        return self.provider.concluded(checkout.reference, now=self.now)

    def joins(self, **said):
        contract = self.pays(**said)
        bring_in(self.provider, contract, now=self.now)
        return Contract.objects.get(reference=contract)

    def bring(self, messages):
        """How many of them were new to us."""
        return sum(receive(self.provider, body, headers, now=self.now) for body, headers in messages)

    def act(self):
        for row in models.Message.objects.filter(done_at=None).order_by("pk"):
            act_on(self.provider, row.pk, now=self.now)

    def night(self):
        return reconcile(self.provider, now=self.now)

    def standing(self, now=None):
        return standing_of(self.reader, now or self.now)

    def paid(self):
        return [Money(row.minor, row.currency) for row in Payment.objects.filter(contract__reader=self.reader)]

    def known(self):
        """Everything we know of Cy's money and what it opens, without when and in what order we came to know it."""
        contracts = Contract.objects.filter(reader=self.reader).order_by("began_at", "reference")
        skipped = {"id", "looked_at", "contract_id", "number", "source", "doubles_id"}
        rows = [
            *contracts.values(),
            *Payment.objects.filter(contract__reader=self.reader).order_by("covers_from").values(),
        ]
        rows += Grant.objects.filter(reader=self.reader).order_by("starts_at", "ends_at", "kind").values()
        return [{name: value for name, value in row.items() if name not in skipped} for row in rows]

    def letters(self):
        """The kinds of billing's letters that were given to the queue since this test began."""
        jobs = ProcrastinateJob.objects.filter(task_name="billing.post", pk__gt=self.last).order_by("pk")
        return [job.args["kind"] for job in jobs]
