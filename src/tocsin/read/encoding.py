"""Bytes -> text. Byte order marks first, then UTF-8, then what the input declares, then detection."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from tocsin.errors import UnreadableInput

_MARKS = (  # UTF-32 before UTF-16: its little-endian mark begins with UTF-16's.
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_MAGIC = (
    (b"%PDF", "a PDF file"),
    (b"PK\x03\x04", "a ZIP archive or an Office file"),
    (b"\xd0\xcf\x11\xe0", "an old Office file"),
    (b"\x89PNG", "a PNG image"),
    (b"\xff\xd8\xff", "a JPEG image"),
    (b"GIF8", "a GIF image"),
    (b"\x28\xb5\x2f\xfd", "Zstandard data"),
    (b"BZh", "bzip2 data"),
    (b"\xfd7zXZ", "XZ data"),
    (b"SQLite format 3", "an SQLite database"),
)
# Encodings that news text is kept in. Left to choose among all it knows, the detector takes a sentence in KOI8-R for
# Shift JIS, and one in Latin-1 for Big5.
_CANDIDATES = [
    "cp1251", "koi8_r", "koi8_u", "cp866", "iso8859_5", "cp1252", "cp1250", "iso8859_2", "cp1253", "cp1254", "cp1255",
    "cp1256", "cp1257", "gb18030", "big5", "shift_jis", "euc_jp", "euc_kr",
]  # fmt: skip
_SAMPLE = 1 << 18
_CENTRAL = ("cp1250", "iso8859_2", "cp1257")
# Bytes that are letters of Polish, Czech, Slovak, Croatian or Romanian in these code pages, and signs in Western ones.
_CENTRAL_LETTERS = re.compile(
    rb"[A-Za-z][\xa3\xa5\xa6\xa9\xb1\xb3\xb6\xb9\xba\xbc\xbe\xbf\xfe]|[\x8a\x8d-\x8f\x9a\x9d-\x9f]"
)
_SEQUENCE = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


def decode(data: bytes, name: str, declared: str | None = None) -> str:
    """The text of some bytes.

    Args:
        data: all the bytes, with or without a byte order mark.
        name: what the message calls the input.
        declared: an encoding that the input names itself, in an HTTP header or HTML tag.

    Raises:
        UnreadableInput: the bytes are binary, broken UTF-8, or in no encoding that fits.
    """
    encoding = tell_encoding(data, name, declared)
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UnreadableInput(
            f"{name}: byte {error.start} does not fit {encoding}, the likeliest encoding. Save the file as UTF-8."
        ) from None


class BrokenUtf8(UnreadableInput):
    """UTF-8 with bytes that are none."""


def tell_encoding(data: bytes, name: str, declared: str | None = None, whole: bool = True, guess: bool = True) -> str:
    """The codec to decode with. ``whole=False``: data is a beginning, and may end inside a character."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return encoding
    refuse_binary(data, name)
    broken = first_broken(data, whole)
    if broken is None:
        return "utf-8"
    if declared and _fits(data, declared):
        return declared
    # A legacy encoding hardly ever forms valid UTF-8 sequences; more good than bad ones means damage.
    good = len(_SEQUENCE.findall(data))
    bad = sum(1 for byte in _SEQUENCE.sub(b"", data) if byte >= 0x80)
    if good > bad or not guess:
        raise BrokenUtf8(
            f"{name}: UTF-8 with {bad} broken {'byte' if bad == 1 else 'bytes'}, the first at byte {broken}. "
            "Copy the file again, or repair it with: iconv -f utf-8 -t utf-8 -c"
        )
    best = from_bytes(data[:_SAMPLE], cp_isolation=_CANDIDATES, enable_fallback=False).best()
    if best is None:
        raise UnreadableInput(f"{name}: in no encoding that can be told. Save the file as UTF-8.")
    return "cp1252" if best.encoding in _CENTRAL and _is_western(data) else best.encoding


def refuse_binary(data: bytes, name: str) -> None:
    """Raise UnreadableInput for bytes that are no text."""
    for magic, kind in _MAGIC:
        if data.startswith(magic):
            raise UnreadableInput(f"{name}: {kind}, not text. Unpack or convert it to text, HTML or JSON Lines first.")
    sample = data[:_SAMPLE]
    # Control characters other than tab, line ends, form feed, escape and DOS end of file.
    controls = sum(sample.count(bytes((code,))) for code in range(32) if code not in (9, 10, 12, 13, 26, 27))
    if b"\0" in sample or controls > len(sample) // 100:
        raise UnreadableInput(f"{name}: binary data, not text. Convert it to text, HTML or JSON Lines first.")


def first_broken(data: bytes, whole: bool = True) -> int | None:
    """Where UTF-8 breaks first, None if it does not."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data, final=whole)
    except UnicodeDecodeError as error:
        return error.start
    return None


def _is_western(data: bytes) -> bool:
    """Whether nothing speaks for Central Europe: the detector rates French as well in cp1250 as in cp1252."""
    return _CENTRAL_LETTERS.search(data[:_SAMPLE]) is None and _fits(data, "cp1252")


def _fits(data: bytes, encoding: str) -> bool:
    try:
        data.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
