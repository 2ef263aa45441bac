"""The one font we carry, for what is drawn or printed on our side; pages are set in the reader's own."""

from pathlib import Path
from typing import Final

SANS: Final = Path(__file__).parent / "data" / "DejaVuSans.ttf"
