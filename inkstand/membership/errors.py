"""What membership refuses."""

from inkstand.kit.errors import InkstandError


class TrialAlreadyUsed(InkstandError):
    code = "trial-already-used"
    message = "Reader {reader_id} has had the fourteen days. A membership can be started at once."


class PlansUnreadable(InkstandError):
    code = "plans-unreadable"
    message = "The plans in {path} cannot be read: {reason}. Mend that file, or unset INKSTAND_PLANS."
