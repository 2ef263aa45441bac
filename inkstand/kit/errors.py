"""The one tree of errors. Every error of ours carries ids for the log and a sentence for a person.

Raise a leaf, never `InkstandError` itself. `message` is for people and names the remedy where there is one; the
keyword facts are for the log and for programs. `code` is stable: the docs list it and scripts may rely on it.
"""

from typing import ClassVar


class InkstandError(Exception):
    """Something Inkstand refuses or cannot do."""

    code: ClassVar[str] = ""
    message: ClassVar[str] = ""

    def __init__(self, **facts: object) -> None:
        self.facts = facts
        super().__init__(self.message.format(**facts))

    def for_log(self) -> str:
        """One line for the log: the code and the facts, never a reader's data beyond ids."""
        return " ".join([self.code, *(f"{name}={value!r}" for name, value in self.facts.items())])
