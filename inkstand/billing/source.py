"""The name under which a contract's grants and group are kept in membership."""

from inkstand.billing.models import Contract


def source_of(contract: Contract) -> str:
    return f"contract {contract.pk}"
