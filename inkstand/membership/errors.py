"""What membership refuses."""

from inkstand.kit.errors import InkstandError


class TrialAlreadyUsed(InkstandError):
    code = "trial-already-used"
    message = "Reader {reader_id} has had the fourteen days. A membership can be started at once."


class PlansUnreadable(InkstandError):
    code = "plans-unreadable"
    message = "The plans in {path} cannot be read: {reason}. Mend that file, or unset INKSTAND_PLANS."


class GiftsUsedUp(InkstandError):
    code = "gifts-used-up"
    message = "Reader {reader_id} has given the {bound} articles of this month. The next can be given from {again} on."


class OnlyMembersGive(InkstandError):
    code = "only-members-give"
    message = "Reader {reader_id} is no member now, and only members give articles. Join on the membership page."


class GroupFull(InkstandError):
    code = "group-full"
    message = "All {seats} seats of {group} are taken. Whoever keeps it can give one back, or take more."


class SeatElsewhere(InkstandError):
    code = "seat-elsewhere"
    message = "Reader {reader_id} has a seat in {group} already. Give that one back first."


class InvitationRefused(InkstandError):
    code = "invitation-refused"
    message = "This invitation {reason}. Ask whoever sent it for another."


class VoucherRefused(InkstandError):
    code = "voucher-refused"
    message = "The voucher {code} {reason}. Compare it with what you were given, or ask whoever gave it to you."
