"""What a word means, as numbers: wordllama's static vectors, read from inside its package, never fetched."""

from functools import cache
from pathlib import Path

import numpy as np
import wordllama

from inkstand.stories.arrays import Floats

WIDTH = 256


@cache
def _model() -> wordllama.WordLlamaInference:
    return wordllama.WordLlama.load(cache_dir=Path(wordllama.__file__).parent, disable_download=True)


def of_word(word: str) -> Floats:
    """Sum of the vectors of the word's pieces, shape (WIDTH,)."""
    model = _model()
    pieces = model.tokenizer.encode(word, add_special_tokens=False).ids
    vector: Floats = model.embedding[pieces].sum(axis=0) if pieces else np.zeros(WIDTH, np.float32)
    return vector


def unit(vector: Floats) -> Floats:
    """The vector at length 1; all zeros stay zeros."""
    length = float(np.sqrt(vector @ vector))
    return vector / np.float32(length) if length else vector
