"""Errors that say in one line what is wrong and what to do next."""

from __future__ import annotations


class PolicytextError(Exception):
    """Something the user can mend; `str(error)` is one line that names the place and the cure."""

    def __init__(self, problem: str, cure: str = "", where: str = "") -> None:
        self.problem, self.cure, self.where = problem, cure, where
        super().__init__("".join((f"{where}: " if where else "", problem, f" ({cure})" if cure else "")))


class UnreadableInputError(PolicytextError):
    """A file or stream that gives no text."""


class InvalidRecordError(PolicytextError):
    """A record that breaks the format."""


class MissingExtraError(PolicytextError):
    """An optional library that is not installed."""

    def __init__(self, extra: str, purpose: str) -> None:
        super().__init__(f"{purpose} needs libraries that are not installed", f"pip install 'policytext[{extra}]'")
