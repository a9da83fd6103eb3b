"""Fetching public files: cached, retried with growing pauses, and honest about being offline."""

from __future__ import annotations

import time
from collections.abc import Callable
from http.client import HTTPException
from pathlib import Path
from urllib.error import HTTPError
from urllib.request import Request, urlopen

from policytext.corpus.files import write_bytes
from policytext.errors import UnreadableInputError

_TRIES = 4
_TIMEOUT = 30.0  # seconds without a byte
# Statuses that pass: too early, too many requests, and what a server says of itself.
_PASSING = {408, 425, 429}


class UnreachableError(UnreadableInputError):
    """The network or the server does not answer; asking for the next file is no use."""


def fetch(address: str, cache: Path, *, pause: float = 1.0, sleep: Callable[[float], None] = time.sleep) -> bytes:
    """Return the bytes at an http(s) address, from the file `cache` if it is there, else kept in it.

    Tries four times with pauses of `pause`, 2·`pause`, 4·`pause` seconds. Raises UnreadableInputError where the server
    refuses the file and UnreachableError where nothing answers.
    """
    if cache.exists():
        return cache.read_bytes()
    content = _download(address, pause, sleep)
    write_bytes(cache, content)
    return content


def _download(address: str, pause: float, sleep: Callable[[float], None]) -> bytes:
    if not address.startswith(("https://", "http://")):
        raise UnreadableInputError("not a web address", "it must begin with https://", address)
    problem = ""
    for attempt in range(_TRIES):
        if attempt:
            sleep(pause * 2 ** (attempt - 1))
        try:
            return _get(address)
        except HTTPError as error:
            if error.code < 500 and error.code not in _PASSING:
                raise UnreadableInputError(f"the server answers {error.code}", "was it moved?", address) from error
            problem = f"the server answers {error.code}"
        except (OSError, HTTPException) as error:
            problem = str(error) or type(error).__name__
    cure = "connect and run again: what has been fetched is kept; or take local copies with --from DIR"
    raise UnreachableError(f"no answer after {_TRIES} tries, {problem}", cure, address)


def _get(address: str) -> bytes:
    request = Request(address, headers={"User-Agent": "policytext"})  # noqa: S310 -- the scheme is checked above
    with urlopen(request, timeout=_TIMEOUT) as answer:  # noqa: S310
        content: bytes = answer.read()  # raises IncompleteRead where the connection breaks
    return content
