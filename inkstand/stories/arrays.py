"""The kinds of arrays that the stories room passes about."""

from typing import TypeAlias

import numpy as np
import numpy.typing as npt

Floats: TypeAlias = npt.NDArray[np.float32]
Doubles: TypeAlias = npt.NDArray[np.float64]
Ints: TypeAlias = npt.NDArray[np.int32]
Places: TypeAlias = npt.NDArray[np.intp]
Bits: TypeAlias = npt.NDArray[np.uint8]
Flags: TypeAlias = npt.NDArray[np.bool_]


def grouped(values: Ints) -> tuple[Places, Places]:
    """The order that brings equal values together, the first of each first, and where in it each value begins."""
    order = values.argsort(kind="stable")
    begins = np.ones(len(values), bool)
    begins[1:] = values[order[1:]] != values[order[:-1]]
    return order, np.flatnonzero(begins)
