"""Which way a language is written."""

# ISO 639 codes of the languages set from right to left that newspapers are printed in.
_RIGHT_TO_LEFT = {"ar", "arc", "ckb", "dv", "fa", "he", "iw", "ps", "sd", "syr", "ug", "ur", "yi"}


def direction(language: str | None) -> str:
    """`rtl` or `ltr`, for the `dir` of an element; `language` is a tag such as `ar` or `pt-BR`."""
    return "rtl" if (language or "").lower().replace("_", "-").split("-")[0] in _RIGHT_TO_LEFT else "ltr"
