"""Zip files, read within limits: a small one can unpack to any size."""

from __future__ import annotations

import io
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Final

from corpus.errors import PaperError

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

MOST_UNPACKED: Final = 60_000_000
"""Bytes of text that a file may unpack to. A novel has one million, a thesis of 500 pages in Word's XML ten."""

_MOST_PARTS = 20_000
_BEGINS = b"PK\x03\x04"
_TEXTS: Final = (".xml", ".rels", ".xhtml", ".html", ".htm", ".opf", ".ncx")


def is_zip(data: bytes) -> bool:
    """Return whether a file's bytes are those of a zip file."""
    return data.startswith(_BEGINS)


class Parts:
    """The parts of a zip file, by name."""

    def __init__(self, name: str, data: bytes) -> None:
        """List the parts. Raises PaperError where the file is damaged, or would unpack to too much text."""
        self.name = name
        with damage(name):
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        infos = self._zip.infolist()
        size = sum(info.file_size for info in infos if info.filename.casefold().endswith(_TEXTS))
        if size > MOST_UNPACKED or len(infos) > _MOST_PARTS:
            raise PaperError(
                f"{name}: unpacks to {len(infos):,} parts and {size:,} bytes of text, over the limit of "
                f"{_MOST_PARTS:,} and {MOST_UNPACKED:,}; give only the part needed",
                indonesian=f"{name}: isinya setelah dibuka {len(infos)} bagian dan {size} byte teks, melebihi batas "
                f"{_MOST_PARTS} dan {MOST_UNPACKED}; berikan hanya bagian yang diperlukan",
            )
        self._names = {info.filename for info in infos}

    def __contains__(self, part: str) -> bool:
        """Return whether there is a part of this name."""
        return part in self._names

    def read(self, part: str) -> bytes:
        """Return a part's bytes. Raises PaperError where they cannot be read, or are over the limit."""
        with damage(self.name):
            if self._zip.getinfo(part).file_size > MOST_UNPACKED:
                raise zipfile.BadZipFile("too large")
            return self._zip.read(part)

    def xml(self, part: str) -> Element:
        """Return the root of a part in XML; entities are not expanded. Raises PaperError where it is damaged."""
        from lxml import etree

        parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, remove_comments=True)
        data = self.read(part)
        try:
            return etree.fromstring(data, parser)
        except etree.XMLSyntaxError:
            raise broken(self.name) from None


@contextmanager
def damage(name: str) -> Iterator[None]:
    """Raise PaperError in place of the errors that a damaged zip file, or the XML in it, causes."""
    try:
        yield
    except (zipfile.BadZipFile, zlib.error, KeyError, EOFError, OSError, NotImplementedError, ValueError):
        raise broken(name) from None
    except RuntimeError as error:  # a part with a password, or recursion
        raise (too_deep(name) if isinstance(error, RecursionError) else encrypted(name)) from None


def broken(name: str) -> PaperError:
    """Return the error for a damaged file."""
    return PaperError(
        f"{name}: the file is damaged; download it again, or save it anew",
        indonesian=f"{name}: berkas ini rusak; unduh lagi, atau simpan ulang",
    )


def encrypted(name: str) -> PaperError:
    """Return the error for a file that needs a password, or is protected against copying."""
    return PaperError(
        f"{name}: the file is encrypted; save a copy without a password and give that",
        indonesian=f"{name}: berkas ini terenkripsi; simpan salinannya tanpa kata sandi, lalu berikan salinan itu",
    )


def too_deep(name: str) -> PaperError:
    """Return the error for a file whose elements are nested too deep."""
    return PaperError(
        f"{name}: its elements lie too deep in each other to be read; save it as a PDF, or give its text",
        indonesian=f"{name}: unsur-unsurnya bersarang terlalu dalam untuk dibaca; "
        "simpan sebagai PDF, atau berikan teksnya",
    )
