"""What membership refuses."""

from inkstand.kit.errors import InkstandError


class TrialAlreadyUsed(InkstandError):
    code = "trial-already-used"
    message = "Reader {reader_id} has had the fourteen days. A membership can be started at once."
