"""Members of a zip of unknown origin, read in memory and within limits; nothing is unpacked under its own name."""

from __future__ import annotations

import io
import stat
import zipfile
import zlib
from collections.abc import Callable
from pathlib import PurePosixPath
from typing import TypeVar

from layers.errors import LayerError

MB = 1024 * 1024
MOST_BYTES = 30 * MB  # of a planner's file
MOST_MEMBERS = 500
MOST_UNPACKED = 200 * MB
MOST_RATIO = 200  # real tables stay below; a bomb reaches 1000
RATIO_FROM = 10 * MB  # what unpacks to less is never a bomb
_CHUNK = 1 * MB
_UTF8_NAME = 0x800
_ENCRYPTED = 0x1
Result = TypeVar("Result")


def members(data: bytes, endings: tuple[str, ...], most: int = MOST_UNPACKED) -> dict[str, bytes]:
    """Return the members of a zip that end in one of `endings` (lower case, with the dot), by their path.

    LayerError for anything that is not a plain archive within the limits: broken, encrypted, too
    many or too large members (`most` bytes in all), paths that lead out of the archive, links.
    """
    return _opened(data, lambda packed: _members(packed, endings, most))


def names(data: bytes) -> list[str]:
    """Return the paths of all members of a zip; LayerError as for `members`."""
    return _opened(data, lambda packed: list(_listed(packed)))


def _opened(data: bytes, read: Callable[[zipfile.ZipFile], Result]) -> Result:
    try:
        with zipfile.ZipFile(io.BytesIO(data)) as packed:
            return read(packed)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, OSError, ValueError) as error:
        raise LayerError(
            f"压缩包已损坏或不是 zip（{type(error).__name__}）(broken archive)；请重新打包为 zip。"
        ) from None


def _listed(packed: zipfile.ZipFile) -> dict[str, zipfile.ZipInfo]:
    infos = packed.infolist()
    if len(infos) > MOST_MEMBERS:
        raise LayerError(
            f"压缩包内有 {len(infos)} 个文件，多于 {MOST_MEMBERS} 个 (too many members)；请只打包需要的图层。"
        )
    return {_safe(info): info for info in infos}


def _members(packed: zipfile.ZipFile, endings: tuple[str, ...], left: int) -> dict[str, bytes]:
    found = {}
    for name, info in _listed(packed).items():
        if name.lower().endswith(endings) and not info.is_dir():
            found[name] = _read(packed, info, left)
            left -= len(found[name])
    return found


def _safe(info: zipfile.ZipInfo) -> str:
    """The path of a member; LayerError when it leads out of the archive, or is a link or encrypted."""
    name = _name(info).replace("\\", "/")
    path = PurePosixPath(name)
    if path.is_absolute() or ".." in path.parts or ":" in name:
        raise LayerError(f"压缩包内的路径“{name[:80]}”指向包外 (path leaves the archive)；拒绝读取。")
    if stat.S_ISLNK(info.external_attr >> 16):
        raise LayerError(f"压缩包内的“{name[:80]}”是符号链接 (symbolic link)；拒绝读取。")
    if info.flag_bits & _ENCRYPTED:
        raise LayerError("压缩包已加密 (encrypted archive)；请解密后重新打包。")
    return name


def _name(info: zipfile.ZipInfo) -> str:
    """Names without the UTF-8 flag are read as cp437 by the library; Chinese Windows writes GB18030."""
    if info.flag_bits & _UTF8_NAME:
        return info.filename
    try:
        return info.filename.encode("cp437").decode("gb18030")
    except UnicodeError:
        return info.filename


def _read(packed: zipfile.ZipFile, info: zipfile.ZipInfo, left: int) -> bytes:
    """Unpack one member; sizes are counted as they come, not as the archive says."""
    content = bytearray()
    with packed.open(info) as member:
        while chunk := member.read(_CHUNK):
            content += chunk
            if len(content) > left:
                raise LayerError(f"压缩包解开后超过 {MOST_UNPACKED // MB} MB (archive too large)；请拆分后上传。")
            if len(content) > RATIO_FROM and len(content) > MOST_RATIO * max(1, info.compress_size):
                raise LayerError(f"“{info.filename[:80]}”的压缩比超过 {MOST_RATIO} 倍 (zip bomb)；拒绝读取。")
    return bytes(content)
