"""From bytes to text: Unicode first, then the two Chinese encodings; a doubtful reading is refused."""

from __future__ import annotations

import re
from typing import NamedTuple

from policytext.errors import UnreadableInputError

# The longer mark first: UTF-32's begins with UTF-16's. GB18030 has a mark of its own, which Windows editors write.
_MARKS = (
    (b"\xef\xbb\xbf", "utf-8"),
    (b"\xff\xfe\x00\x00", "utf-32-le"),
    (b"\x00\x00\xfe\xff", "utf-32-be"),
    (b"\xff\xfe", "utf-16-le"),
    (b"\xfe\xff", "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
_CANDIDATES = ["utf_8", "gb18030", "big5", "utf_16"]
_ALIASES = {"gb2312": "gb18030", "gbk": "gb18030", "big5": "big5hkscs", "utf8": "utf-8"}
_ORDINARY = re.compile(r"[\t\n\r -~\u2010-\u2027\u3000-\u303f\u4e00-\u9fff\uff00-\uffef]")

# GB18030 or Big5 read as UTF-16 gives Hangul, Yi and private characters: of 1,489 real documents none has over 0.52
# ordinary characters when misread so, none under 0.96 when read rightly.
_ORDINARY_SHARE = 0.9

# Below 20 characters (40 bytes) a second possible reading means doubt: the likeliest one was wrong for 12 of 570 cuts
# of 6 characters from real documents in GB18030 and Big5. With this rule 2 of some 2,700 cuts of 6 to 100 characters
# were misread; 226 of 291 cuts of 6 characters in GB18030 were refused, 1 of 295 of 40.
_ENOUGH_BYTES = 40
# At charset-normalizer's own 0.2 it gives up 8 of the 1,489 documents in GB18030; at 0.4 none, and it misreads none.
_MESS = 0.4

DOUBTFUL = "the encoding cannot be told with certainty"
SAVE_AS_UTF8 = "save it as UTF-8"


class Decoded(NamedTuple):
    """A text, the encoding it was read in, and what was left out at its beginning."""

    text: str
    encoding: str
    dropped: str | None = None


def decode(data: bytes) -> Decoded:
    """Return the text of `data`: UTF-8, GB18030, Big5 or UTF-16, with or without byte-order mark.

    Line ends stay as they are. Raises UnreadableInputError where the bytes are no text or the encoding is doubtful.
    """
    mark, encoding = find_mark(data)
    if mark:
        return Decoded(_decode_as(data[len(mark) :], encoding), encoding, "byte-order mark")
    encoding = guess_encoding(data)
    return Decoded(_decode_as(data, encoding), encoding)


def find_mark(data: bytes) -> tuple[bytes, str]:
    """Return the byte-order mark that `data` begins with and the encoding it stands for, empty where there is none."""
    return next(((mark, encoding) for mark, encoding in _MARKS if data.startswith(mark)), (b"", ""))


def decode_declared(data: bytes, declared: str) -> Decoded | None:
    """Return the text of `data` read as it says itself to be encoded, or None where that does not hold.

    Pages labelled gb2312 or gbk are read as GB18030, which contains both, as browsers do.
    """
    encoding = _ALIASES.get(declared.lower(), declared)
    try:
        return Decoded(data.decode(encoding), encoding)
    except (UnicodeDecodeError, LookupError):
        return None


def _decode_as(data: bytes, encoding: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        problem = f"the byte-order mark says {encoding}, but byte {error.start} is not"
        raise UnreadableInputError(problem, SAVE_AS_UTF8) from error


def guess_encoding(data: bytes) -> str:
    """Return the encoding of bytes without byte-order mark; raise UnreadableInputError where it is doubtful."""
    # Strict UTF-8 first: hardly any text in another encoding is valid UTF-8, and none of Chinese beyond a few words.
    try:
        data.decode("utf-8")
    except UnicodeDecodeError:
        return _guess_utf16(data) or _guess_chinese(data)
    return "utf-8"


def _guess_utf16(data: bytes) -> str | None:
    # charset-normalizer finds no UTF-16 without a mark (none of 240 samples), though the reading is plain to see.
    for encoding in ("utf-16-le", "utf-16-be"):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        if len(_ORDINARY.findall(text)) >= _ORDINARY_SHARE * len(text):
            return encoding
    return None


def _guess_chinese(data: bytes) -> str:
    from charset_normalizer import from_bytes

    # Left alone it proposes Korean or Cyrillic for a short GBK text: it may choose only among what we read.
    matches = from_bytes(data, cp_isolation=_CANDIDATES, threshold=_MESS)
    best = matches.best()
    others = [match for match in matches if best and str(match) != str(best)]
    if best is None or any(len(data) < _ENOUGH_BYTES or match.chaos <= best.chaos for match in others):
        raise UnreadableInputError(DOUBTFUL, SAVE_AS_UTF8)
    return _ALIASES.get(best.encoding, best.encoding)
