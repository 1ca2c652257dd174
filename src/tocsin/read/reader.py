"""What a reader is, and what it is handed: the seam that a new format fits into."""

from __future__ import annotations

import io
import zlib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from tocsin.errors import UnreadableInput
from tocsin.read.limits import HEAD_BYTES, in_words
from tocsin.vocabulary import Document, Failed, Skipped

if TYPE_CHECKING:
    from _typeshed import WriteableBuffer

    from tocsin.read.record import ReadDefaults

Read = Document | Skipped | Failed
"""What a reader yields for each record."""

GZIP = b"\x1f\x8b"


class Input:
    """Bytes with a name, read once from the front. Gzip is undone, whatever the format inside.

    Attributes:
        name: the path as given, or '-'.
        head: up to 64 KiB from the front, unpacked; reading still starts at the front.
        bytes: everything, unpacked.
    """

    def __init__(self, name: str, stream: BinaryIO) -> None:
        self.name = name
        front = read_up_to(stream, HEAD_BYTES)
        packed = front.startswith(GZIP)
        self.head = _unpack_head(front, name) if packed else front
        self.bytes: ByteSource = _Gunzip(_Replay(front, stream)) if packed else _Replay(front, stream)

    def stream(self) -> BinaryIO:
        """The bytes from the front, buffered. Call it once."""
        return io.BufferedReader(self.bytes)

    def read_all(self, limit: int, advice: str) -> bytes:
        """All bytes, or UnreadableInput if there are more than ``limit``; ``advice`` ends the message."""
        data = read_up_to(self.stream(), limit + 1)
        if len(data) > limit:
            raise UnreadableInput(f"{self.name}: larger than {in_words(limit)} bytes, the limit here. {advice}")
        self.check_whole()
        return data

    def check_whole(self) -> None:
        """Raise UnreadableInput if the packed bytes broke off. Call it after the last byte was read."""
        if self.bytes.cut_off:
            raise UnreadableInput(
                f"{self.name}: the gzip data are damaged or cut off. Copy or download the file again."
            )


@dataclass(frozen=True, slots=True)
class Reader:
    """A format: its name, the extensions that promise it, how its first bytes look, and how to read it.

    ``read`` yields an outcome a record. It may raise an InputError where nothing more of this input can be read;
    what it yielded before stands.
    """

    format: str
    extensions: tuple[str, ...]
    sniff: Callable[[bytes], bool]
    read: Callable[[Input, ReadDefaults], Iterator[Read]]


def read_up_to(stream: BinaryIO, size: int) -> bytes:
    """Up to ``size`` bytes; fewer only at the end. A pipe may give less than asked for at each call."""
    parts: list[bytes] = []
    while size > 0:
        part = stream.read(min(size, 1 << 20))
        if not part:
            break
        parts.append(part)
        size -= len(part)
    return b"".join(parts)


def _unpack_head(front: bytes, name: str) -> bytes:
    try:
        return zlib.decompressobj(wbits=31).decompress(front, HEAD_BYTES)
    except zlib.error as error:
        raise UnreadableInput(f"{name}: damaged gzip data ({error}). Copy or download the file again.") from None


class ByteSource(io.RawIOBase):
    """Bytes that can be read once. ``tail`` is the last four read; ``cut_off``: packed data ended too early.

    fastwarc asks every stream where it stands, and to seek to that place; more than that it never seeks.
    """

    def __init__(self) -> None:
        self.tail = b""
        self.cut_off = False
        self._at = 0

    def more(self, size: int) -> bytes:
        """Up to ``size`` of the next bytes, none at the end."""
        raise NotImplementedError

    def readable(self) -> bool:
        """Yes."""
        return True

    def readinto(self, buffer: WriteableBuffer) -> int:
        """Fill some of the buffer; 0 at the end."""
        target = memoryview(buffer).cast("B")
        part = self.more(len(target))
        target[: len(part)] = part
        self._at += len(part)
        self.tail = (self.tail + part[-4:])[-4:]
        return len(part)

    def tell(self) -> int:
        """Bytes given so far."""
        return self._at

    def seek(self, offset: int, whence: int = io.SEEK_SET) -> int:
        """Stay where we are; any other place raises UnsupportedOperation."""
        if offset + (self._at if whence == io.SEEK_CUR else 0) != self._at or whence == io.SEEK_END:
            raise io.UnsupportedOperation("seek")
        return self._at


class _Replay(ByteSource):
    """Bytes already read, then the rest of their stream: standard input cannot be rewound."""

    def __init__(self, front: bytes, rest: BinaryIO) -> None:
        super().__init__()
        self._front = front
        self._rest = rest

    def more(self, size: int) -> bytes:
        if not self._front:
            return self._rest.read(size)
        part, self._front = self._front[:size], self._front[size:]
        return part


class _Gunzip(ByteSource):
    """Unpacks gzip of any number of members. Damage ends the bytes and is noted: what came before it stands."""

    def __init__(self, packed: ByteSource) -> None:
        super().__init__()
        self._packed = packed
        self._member = zlib.decompressobj(wbits=31)
        self._waiting = b""

    def more(self, size: int) -> bytes:
        while not self.cut_off:
            if self._member.eof:
                self._waiting = (self._member.unused_data or self._packed.more(HEAD_BYTES)).lstrip(b"\0")
                if not self._waiting:
                    return b""
                self._member = zlib.decompressobj(wbits=31)
            else:
                self._waiting = self._member.unconsumed_tail or self._waiting or self._packed.more(HEAD_BYTES)
            try:
                part = self._member.decompress(self._waiting, size)
                if not part and not self._waiting:
                    part = self._member.flush()
                    self.cut_off = not self._member.eof
            except zlib.error:
                self.cut_off = True
                return b""
            self._waiting = b""
            if part:
                return part
        return b""
