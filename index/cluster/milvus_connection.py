"""Where a Milvus is, and a connection to it, which gives up in time; its failures are StoreErrors of one line.

An address is one of:

- ``milvus://HOST[:PORT][/COLLECTION]``: a server, and ``milvus+tls://...`` the same over TLS;
- ``milvus://PATH.db``: a file of milvus-lite, whose path is relative, or with a third slash absolute.

It never holds a server's token. That is read from the environment variable ``TANYA_MILVUS_TOKEN``, so that no list of
processes, history or log shows it.
"""

from __future__ import annotations

import contextlib
import importlib.util
import logging
import os
import re
import socket
import threading
from collections import Counter
from collections.abc import Iterator
from functools import partial
from pathlib import Path
from typing import Any, Final, NamedTuple
from urllib.parse import urlsplit

from corpus import TanyaError
from corpus.files.paths import expand_home
from index.backend import Condition
from index.cluster.packages import import_package
from index.errors import StoreError

logger = logging.getLogger(__name__)

_PORT: Final = 19530
_COLLECTION: Final = "tanya"
_NAME: Final = re.compile(r"[A-Za-z_][A-Za-z0-9_]{0,199}")

_CONNECT_S: Final = 5.0
_CALL_S: Final = 60.0
_EXAMINE_S: Final = 2.0

_open_files: Counter[str] = Counter()
_files_lock = threading.Lock()


class Address(NamedTuple):
    """A Milvus and a collection in it: ``uri`` is what its client opens, ``file`` its path, None for a server."""

    uri: str
    collection: str
    file: Path | None

    def __str__(self) -> str:
        return str(self.file or self.uri.split("://")[1])


def parse_address(text: str) -> Address:
    """Return the address that a text is. Raises TanyaError if it is none, or holds a password."""
    scheme, _, rest = text.partition("://")
    if "@" in rest.split("/")[0]:  # not shown, as it may hold a password
        raise StoreError(
            "The address of a Milvus holds no user or password; set TANYA_MILVUS_TOKEN to the token, "
            "or to user:password, instead"
        )
    refused = StoreError(
        f'"{text}" is no address of a Milvus; it has the form milvus://HOST:PORT/COLLECTION, '
        "milvus+tls://HOST:PORT/COLLECTION or milvus://FILE.db, the collection in letters, digits and _"
    )
    if scheme not in ("milvus", "milvus+tls"):
        raise refused
    if scheme == "milvus" and rest.endswith(".db"):
        file = expand_home(rest).absolute()
        return Address(str(file), _COLLECTION, file)
    try:
        parts = urlsplit(f"//{rest}")
        host, port = parts.hostname, parts.port or _PORT
    except ValueError:  # such as for a port that is no number
        raise refused from None
    collection = parts.path.strip("/") or _COLLECTION
    if not host or parts.query or parts.fragment or not _NAME.fullmatch(collection):
        raise refused
    host = f"[{host}]" if ":" in host else host
    return Address(f"{'https' if scheme == 'milvus+tls' else 'http'}://{host}:{port}", collection, None)


def examine_milvus(text: str) -> Condition:
    """Return whether a Milvus can be used: its package is installed, and its file is there or its server answers."""
    found = partial(Condition, "Milvus")
    try:
        address = parse_address(text)
    except TanyaError as error:
        return found("problem", str(error))
    package = "milvus_lite" if address.file else "pymilvus"
    if not importlib.util.find_spec(package):
        return found("problem", f"{package} is not installed", "run: pip install -r requirements-cluster.txt")
    if address.file:
        if address.file.exists():
            return found("ok", f"{address} is there")
        return found("warning", f"{address} is not there", "run: tanya prepare --library --index ...")
    server = urlsplit(address.uri)
    try:
        with socket.create_connection((server.hostname or "", server.port or 0), timeout=_EXAMINE_S):
            return found("ok", f"{address} answers")
    except OSError as error:
        return found("problem", f"{address} does not answer: {error.strerror or error}", "see that it runs there")


class Connection:
    """A pymilvus ``MilvusClient``, whose methods are called by name. Threads may share it."""

    def __init__(self, address: Address) -> None:
        """Connect to a server, or open a file, creating it and its folder if they are absent. Raises StoreError."""
        self.address = address
        self._client: Any = _open(address)

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Return what the client's method of this name returns. Raises StoreError."""
        if self._client is None:
            raise StoreError(f"The Milvus in {self.address} has been closed")
        with self._errors():
            return getattr(self._client, name)(*args, timeout=_CALL_S, **kwargs)

    def entities(self, collection: str, fields: list[str]) -> list[dict[str, Any]]:
        """Return some fields of all entities of a collection, at their newest. Raises StoreError."""
        pages = self.call("query_iterator", collection, output_fields=fields, consistency_level="Strong")
        found: list[dict[str, Any]] = []
        with self._errors(), contextlib.closing(pages):
            while page := pages.next():
                found += ({field: entity[field] for field in fields} for entity in page)
        return found

    def close(self) -> None:
        """Close the connection, and a file if nothing else in this process has it open."""
        if self._client is None:
            return
        self._client.close()
        self._client = None
        if self.address.file:
            from milvus_lite.server_manager import server_manager_instance

            with _files_lock:
                _open_files[self.address.uri] -= 1
                # pymilvus itself closes it only at exit, and keeps other processes out until then.
                if not _open_files[self.address.uri]:
                    server_manager_instance.release_server(self.address.uri)

    @contextlib.contextmanager
    def _errors(self) -> Iterator[None]:
        """Raise whatever fails in Milvus as a StoreError of one line."""
        try:
            yield
        except Exception as error:  # of pymilvus, gRPC or protobuf
            logger.debug("A call of Milvus failed", exc_info=True)
            raise StoreError(f"The Milvus in {self.address} failed: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    lines = str(getattr(error, "message", "") or error).strip().splitlines() or [type(error).__name__]
    return lines[0][:300]


def _open(address: Address) -> Any:
    pymilvus = import_package("pymilvus", needed_for="An index in Milvus")
    if address.file:
        import_package("milvus_lite", needed_for="An index in Milvus")
    try:
        if address.file:
            address.file.parent.mkdir(parents=True, exist_ok=True)
            with _files_lock:
                client = pymilvus.MilvusClient(address.uri, timeout=_CONNECT_S, dedicated=True)
                _open_files[address.uri] += 1
            return client
        token = os.environ.get("TANYA_MILVUS_TOKEN", "")
        if token and address.uri.startswith("http://"):
            logger.warning("The token goes to %s unencrypted; milvus+tls:// encrypts it", address)
        return pymilvus.MilvusClient(address.uri, token=token, timeout=_CONNECT_S, dedicated=True)
    except Exception as error:  # of pymilvus or gRPC, or an OSError
        logger.debug("Opening Milvus failed", exc_info=True)
        if address.file:
            message = (
                f"{address} cannot be opened by milvus-lite ({_reason(error)}): it is in use by another process, "
                "or was not made by milvus-lite 3, or may not be written to"
            )
        else:
            message = (
                f"No Milvus can be opened at {address}: {_reason(error)}; see that it runs there, "
                "and that TANYA_MILVUS_TOKEN holds its token if it asks for one"
            )
        raise StoreError(message) from error
