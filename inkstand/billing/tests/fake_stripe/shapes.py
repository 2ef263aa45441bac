"""What the official library says of a request's parameters and of an answer's fields, read from its own types."""

import types
from functools import cache
from typing import Any, Literal, Union, get_args, get_origin, get_type_hints


class Misshapen(Exception):
    """A parameter that Stripe does not have there, lacks, or would not take."""


def check(params: dict[str, Any], shape: type, where: str = "") -> None:
    hints = _hints(shape)
    if lacking := shape.__required_keys__ - set(params):
        raise Misshapen(f"Missing required param: {where}{min(lacking)}.")
    for name, value in params.items():
        if name not in hints:
            raise Misshapen(f"Received unknown parameter: {where}{name}")
        if not _fits(value, hints[name], f"{where}{name}."):
            raise Misshapen(f"Invalid {where}{name}: {value!r}")


@cache
def _hints(shape: type) -> dict[str, Any]:
    # The library names these of a request's options where only type checkers look.
    return get_type_hints(shape, localns={"StripeContext": object, "Mapping": dict})


def _fits(value: Any, hint: Any, where: str) -> bool:
    origin, said = get_origin(hint), get_args(hint)
    if origin in (Union, types.UnionType):
        return any(_fits(value, one, where) for one in said)
    if origin is list:
        return isinstance(value, list) and all(_fits(one, said[0], where) for one in value)
    if origin is dict:
        return isinstance(value, dict)
    if origin is Literal:
        return value in said
    if hasattr(hint, "__required_keys__"):
        if not isinstance(value, dict):
            return False
        check(value, hint, where)
        return True
    return _plain(value, hint)


def _plain(value: Any, hint: Any) -> bool:
    if not isinstance(value, str):
        return False
    if hint is bool:
        return value in ("true", "false")
    return value.lstrip("-").isdigit() if hint is int else True


def given(thing: dict[str, Any], shape: type) -> dict[str, Any]:
    """`thing`, if Stripe's resource of that name has such fields."""
    known = {name.rstrip("_") for base in shape.__mro__ for name in getattr(base, "__annotations__", {})}
    assert not (unknown := set(thing) - known), f"{shape.__name__} has no {unknown}"
    return thing


def nested(pairs: list[tuple[str, str]]) -> dict[str, Any]:
    """`a[b][0][c]=d`, as the library writes parameters, as the dictionaries and lists they were."""
    whole: dict[str, Any] = {}
    for name, value in pairs:
        *parts, last = name.replace("]", "").split("[")
        at = whole
        for part in parts:
            at = at.setdefault(part, {})
        at[last] = value
    return _listed(whole)


def _listed(found: Any) -> Any:
    if not isinstance(found, dict):
        return found
    inner = {name: _listed(value) for name, value in found.items()}
    return list(inner.values()) if inner and all(name.isdigit() for name in inner) else inner
