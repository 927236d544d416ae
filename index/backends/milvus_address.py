"""Where a Milvus is, as one setting says it.

- ``milvus://HOST[:PORT][/COLLECTION]``: a server, and ``milvus+tls://...`` the same over TLS;
- ``milvus://PATH.db``: a file of milvus-lite, whose path is relative, or with a third slash absolute.

A server's token is never part of it but in the environment, as ``TANYA_MILVUS_TOKEN``, so that it stands in no
list of processes, history or log.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Final, NamedTuple
from urllib.parse import urlsplit

from corpus.files.paths import expand_home
from index.errors import StoreError

SCHEMES: Final = ("milvus://", "milvus+tls://")
"""How a setting begins that names a Milvus."""

FORMS: Final = "milvus://HOST:PORT/COLLECTION, milvus+tls://HOST:PORT/COLLECTION or milvus://FILE.db"

_PORT: Final = 19530
_COLLECTION: Final = "tanya"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")


class Address(NamedTuple):
    """A Milvus and a collection in it: ``uri`` is what its client opens, ``file`` the path, None for a server."""

    uri: str
    collection: str
    file: Path | None

    @property
    def is_encrypted(self) -> bool:
        """Whether what goes to a server goes over TLS."""
        return self.uri.startswith("https://")

    def __str__(self) -> str:
        return str(self.file or self.uri.split("://")[1])


def parse_address(setting: str) -> Address:
    """Return what a setting names; raises TanyaError for anything else, and for one that holds a password."""
    scheme, _, rest = setting.partition("://")
    if "@" in rest.split("/")[0]:  # not shown, as it may hold a password
        raise StoreError(
            "The address of a Milvus holds no user or password; set TANYA_MILVUS_TOKEN to the token, "
            "or to user:password, instead"
        )
    if f"{scheme}://" not in SCHEMES:
        raise StoreError(f'"{setting}" is no address of a Milvus; it has the form {FORMS}')
    if scheme == "milvus" and rest.endswith(".db"):
        file = expand_home(rest).absolute()
        return Address(str(file), _COLLECTION, file)
    try:
        parts = urlsplit(f"//{rest}")
        host, port = parts.hostname, parts.port or _PORT
    except ValueError:  # a port that is none, half an IPv6 address
        host, port = None, 0
    collection = parts.path.strip("/") or _COLLECTION if host else ""
    if not host or parts.query or parts.fragment or not _NAME.fullmatch(collection):
        raise StoreError(
            f'"{setting}" is no address of a Milvus; it has the form {FORMS}, the collection in letters, digits and _'
        )
    host = f"[{host}]" if ":" in host else host
    return Address(f"{'https' if scheme == 'milvus+tls' else 'http'}://{host}:{port}", collection, None)
