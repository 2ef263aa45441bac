"""What reading refuses."""

from inkstand.kit.errors import InkstandError


class ActionUnreadable(InkstandError):
    code = "action-unreadable"
    message = "An action has no usable “{field}”: {wanted}."


class PreferenceRefused(InkstandError):
    code = "preference-refused"
    message = "“{name}” cannot be {value!r}: choose one of the values that the settings page offers."
