"""Which characters the bytes of a text stand for."""

from __future__ import annotations

import codecs
import re

from charset_normalizer import from_bytes

from loaders.sources.items import InputError
from loaders.sources.streams import UNDECODED

MARKS = {
    codecs.BOM_UTF8: "utf-8-sig",
    codecs.BOM_UTF32_LE: "utf-32",
    codecs.BOM_UTF32_BE: "utf-32",
    codecs.BOM_UTF16_LE: "utf-16",
    codecs.BOM_UTF16_BE: "utf-16",
}
"""Byte order marks; those of UTF-32 begin like those of UTF-16 and therefore come first."""
SAMPLE = 1 << 18
WESTERN = "cp1252"
CANDIDATES = [
    "cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "koi8_r", "gb18030", "big5", "shift_jis",
    "euc_jp", "euc_kr",
]  # fmt: skip
"""Encodings in which news is found, so that a short text is not taken for one of an old home computer."""
TAG = re.compile(rb"<[^<>]*>")
CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
KNOWN_BINARIES = {
    b"%PDF": ("a PDF", "turn it into text first, for instance with pdftotext"),
    b"PK\x03\x04": ("a ZIP archive or an Office document", "unpack it, or save it as text"),
    b"{\\rtf": ("a rich text document", "save it as plain text"),
    b"BZh": ("compressed with bzip2", "unpack it, or compress it with gzip or zstd"),
    b"\xfd7zXZ": ("compressed with xz", "unpack it, or compress it with gzip or zstd"),
    b"\x89PNG": ("a picture", "leave it out"),
    b"\xff\xd8\xff": ("a picture", "leave it out"),
    b"GIF8": ("a picture", "leave it out"),
}
UTF8_REMEDY = "save as UTF-8"


def marked_encoding(head: bytes) -> str | None:
    """The encoding that a byte order mark tells."""
    return next((encoding for mark, encoding in MARKS.items() if head.startswith(mark)), None)


def refuse_binary(head: bytes) -> None:
    """Lets text pass.

    Raises:
        InputError: more than a tenth of the bytes are control characters, or a known binary format begins so.
    """
    for magic, (what, remedy) in KNOWN_BINARIES.items():
        if head.startswith(magic):
            raise InputError(f"binary: {what}", remedy)
    if not marked_encoding(head) and len(CONTROLS.findall(head)) * 10 > len(head):
        raise InputError("binary, not text", "leave it out, or turn it into UTF-8 text first")


def encoding_of(sample: bytes) -> tuple[str, bool]:
    """The encoding of a text, and whether it was guessed.

    A mark counts first, then UTF-8 (also where single bytes of it are broken), then what charset-normalizer finds.

    Raises:
        InputError: no encoding fits.
    """
    if marked := marked_encoding(sample):
        return marked, False
    if _is_utf8(sample):
        return "utf-8", False
    guess = _only_punctuation(sample) or _detected(sample)
    if not guess:
        raise InputError("unknown encoding", UTF8_REMEDY)
    return guess, True


def decode(content: bytes) -> tuple[str, str | None]:
    """The text, and its encoding where that had to be guessed.

    Raises:
        InputError: broken UTF-8, or no encoding fits.
    """
    encoding, guessed = marked_encoding(content) or "utf-8", False
    try:
        return content.decode(encoding), None
    except UnicodeDecodeError as error:
        first = error
    if encoding == "utf-8":
        encoding, guessed = encoding_of(content[max(0, first.start - SAMPLE) : first.start + SAMPLE])
    if guessed:
        try:
            return content.decode(encoding), encoding
        except UnicodeDecodeError as error:
            first = error
    line = content.count(b"\n", 0, first.start) + 1
    reason = f"wrong encoding: byte 0x{content[first.start]:02x} is not {encoding}"
    raise InputError(reason, UTF8_REMEDY, line)


def _is_utf8(sample: bytes) -> bool:
    """True also where there are fewer broken bytes than proper characters beyond ASCII."""
    text = sample.decode("utf-8", errors="surrogateescape")
    broken = len(UNDECODED.findall(text))
    proper = sum(character > "\x7f" for character in text) - broken
    return broken < proper or not broken


def _only_punctuation(sample: bytes) -> str | None:
    """Windows-1252 where all that is not ASCII is quotation marks, dashes and the like, as in much English news."""
    high = bytes(set(sample) - set(range(128)))
    return WESTERN if set(high) <= set(b"\x82\x84\x85\x91\x92\x93\x94\x95\x96\x97\xa0\xa3\xab\xad\xb0\xbb") else None


def _detected(sample: bytes) -> str | None:
    """What charset-normalizer finds; of encodings that fit equally well the one of Western Europe."""
    matches = from_bytes(TAG.sub(b" ", sample), cp_isolation=CANDIDATES)
    best = max(matches, key=lambda m: (-m.chaos, m.coherence, WESTERN in m.could_be_from_charset), default=None)
    if best is None:
        return None
    return WESTERN if WESTERN in best.could_be_from_charset else best.encoding
