"""The learned weights: how likely each block is to be the article's text.

One logistic regression over the features; `weights.json` holds its numbers and says which command made them.
"""

import json
import math
from functools import lru_cache
from importlib import resources

from inkstand.wire.extract.features import MASKED, Feature


class Weights(dict[Feature, float]):
    """The weight of each feature. A mask's is the sum of its bits', worked out when first asked for."""

    def __missing__(self, feature: Feature) -> float:
        if len(self) > 200_000:
            return self._of_mask(feature)
        weight = self[feature] = self._of_mask(feature)
        return weight

    def _of_mask(self, feature: Feature) -> float:
        if len(feature) != 2 or feature[0] not in MASKED or not isinstance(feature[1], int):
            return 0.0
        return sum(self.get((feature[0], "bit", bit), 0.0) for bit in _bits(feature[1]))

    def likelihood(self, seen: list[Feature]) -> float:
        """How likely a block so seen is text, 0 to 1; 0 for one of which nothing was seen."""
        if not seen:
            return 0.0
        return 1 / (1 + math.exp(-max(-30.0, min(30.0, self[()] + sum([self[feature] for feature in seen])))))


def spelled_out(seen: list[Feature]) -> list[Feature]:
    """The features with each mask as its single bits: what is learned from."""
    plain = [feature for feature in seen if feature[0] not in MASKED]
    return plain + [
        (feature[0], "bit", bit)
        for feature in seen
        if feature[0] in MASKED and isinstance(feature[1], int)
        for bit in _bits(feature[1])
    ]


def _bits(mask: int) -> list[int]:
    return [bit for bit in range(mask.bit_length()) if mask >> bit & 1]


@lru_cache(maxsize=1)
def learned() -> Weights:
    """The weights that come with Inkstand."""
    data = json.loads(resources.files("inkstand.wire.extract").joinpath("weights.json").read_text("utf-8"))
    return Weights({tuple(feature): weight for feature, weight in data["weights"]})
