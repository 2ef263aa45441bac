"""What the stories room refuses."""

from inkstand.kit.errors import InkstandError


class OtherForm(InkstandError):
    code = "stories-other-form"
    message = "These features were stored in form {form}, and this version reads form {ours}. Read the articles again."
