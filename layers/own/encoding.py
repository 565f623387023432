"""Which encoding a text is in: what a file says of itself is tried, and not believed."""

from __future__ import annotations

import re
from collections.abc import Iterable

from layers.errors import LayerError

UTF8, GB18030, LATIN = "utf-8", "gb18030", "latin-1"
_UTF16_MARKS = (b"\xff\xfe", b"\xfe\xff")
# What a .cpg or a declaration may call them; a name that stands nowhere here is not tried.
_SAID = {
    UTF8: ("utf8", "65001"),
    GB18030: ("gb18030", "gbk", "gb2312", "cp936", "936", "54936", "ansi936", "ms936", "hz", "euccn"),
    "big5": ("big5", "cp950", "950", "ansi950"),
    LATIN: ("iso88591", "latin1", "88591", "1252", "cp1252", "windows1252", "ansi1252", "ansi"),
}
_NAMED = {name: encoding for encoding, names in _SAID.items() for name in names}
_REPLACED = "\ufffd"
_DECLARED = re.compile(r"""^\s*<\?xml[^>]{0,200}\?>""")
_DECLARES = re.compile(rb"""^\s*<\?xml[^>]{0,100}encoding\s{0,9}=\s{0,9}["']([\w.:-]{1,40})""")
MOST_BROKEN = 1 / 200  # of the characters: more is no text in that encoding


def named(said: str) -> str:
    """Return the encoding that a name stands for ("936", "ANSI 936", "GB2312"), "" when it is none of the usual."""
    return _NAMED.get(re.sub(r"[\s_-]", "", said[:40]).casefold(), "")


def encoding_of(strings: Iterable[bytes], said: str = "") -> str:
    """Return the encoding in which the strings read best: UTF-8, the one that is said, or GB18030.

    A string may be cut within its last character, as a field of fixed width cuts it.
    """
    high = [one for one in strings if not one.isascii()]
    if not high:
        return named(said) or UTF8
    if not any(text(one, UTF8).count(_REPLACED) for one in high):
        return UTF8
    tried = dict.fromkeys(one for one in (UTF8, named(said), GB18030) if one)
    return min(tried, key=lambda encoding: sum(_strange(one, encoding) for one in high))


def text(data: bytes, encoding: str) -> str:
    """Return a string of fixed width; a character that was cut at its end is dropped."""
    return data.decode(encoding, "replace").rstrip(_REPLACED)


def _strange(data: bytes, encoding: str) -> int:
    """How many characters no Chinese text of everyday has (GB 2312 has them all), broken ones first of all."""
    read = text(data, encoding)
    if encoding == LATIN:  # which reads anything
        return sum(one > "\x7f" for one in read)
    return len(read) - len(read.encode("gb2312", "ignore").decode("gb2312"))


def decode(data: bytes, said: str = "") -> tuple[str, str]:
    """Return the text of a file and its encoding: UTF-8, UTF-16 with a mark, GB18030, or the one that is said.

    LayerError when it is none of these.
    """
    if data[:2] in _UTF16_MARKS:
        return data.decode("utf-16", "replace"), "UTF-16"
    encoding = encoding_of([data.removeprefix(b"\xef\xbb\xbf")], said)
    read = data.decode(encoding, "replace").removeprefix("\ufeff")
    if read.count(_REPLACED) > len(read) * MOST_BROKEN:
        raise LayerError("文件的文字编码既不是 UTF-8 也不是 GB18030 (unknown encoding)；请另存为 UTF-8 后再上传。")
    return read, encoding.upper()


def xml_text(data: bytes) -> str:
    """Return an XML document without its declaration, by the encoding that fits it."""
    found = _DECLARES.match(data.removeprefix(b"\xef\xbb\xbf"))
    read, _ = decode(data, found[1].decode("ascii") if found else "")
    return _DECLARED.sub("", read, count=1).lstrip()
