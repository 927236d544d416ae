"""A connection to a Milvus whose failures are StoreErrors of one line, and which gives up in time."""

from __future__ import annotations

import contextlib
import logging
import os
import threading
from collections import Counter
from collections.abc import Iterator
from typing import Any, Final

from index.backends.milvus_address import Address
from index.errors import StoreError

logger = logging.getLogger(__name__)

_CONNECT_S: Final = 5.0
_CALL_S: Final = 60.0

_open_files: Counter[str] = Counter()
_files_lock = threading.Lock()


class Connection:
    """A pymilvus ``MilvusClient`` that is called by name; threads may share it."""

    def __init__(self, address: Address) -> None:
        """Connect to a server, or open a file, making it and its folder if there is none; raises StoreError."""
        self.address = address
        self._client: Any = _open(address)

    def call(self, name: str, *args: Any, **kwargs: Any) -> Any:
        """Return what the client's method of this name returns; raises StoreError."""
        if self._client is None:
            raise StoreError(f"The Milvus in {self.address} has been closed")
        with self._told():
            return getattr(self._client, name)(*args, timeout=_CALL_S, **kwargs)

    def entities(self, collection: str, fields: list[str]) -> list[dict[str, Any]]:
        """Return these fields of all of a collection's entities, at their newest; raises StoreError."""
        pages = self.call("query_iterator", collection, output_fields=fields, consistency_level="Strong")
        found: list[dict[str, Any]] = []
        with self._told(), contextlib.closing(pages):
            while page := pages.next():
                found += ({field: entity[field] for field in fields} for entity in page)
        return found

    def close(self) -> None:
        """Let go of the connection, and of a file if nothing else in this process has it open."""
        if self._client is not None:
            self._client.close()
            self._client = None
            if self.address.file:
                _close_file(self.address.uri)

    @contextlib.contextmanager
    def _told(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # of pymilvus, of gRPC, or what they let through of protobuf's
            logger.debug("A call of Milvus failed", exc_info=True)
            raise StoreError(f"The Milvus in {self.address} failed: {_reason(error)}") from error


def _reason(error: Exception) -> str:
    told = str(getattr(error, "message", "") or error).strip().splitlines()
    return told[0][:300] if told else type(error).__name__


def _open(address: Address) -> Any:
    try:
        import pymilvus

        if address.file:
            import milvus_lite  # noqa: F401
    except ModuleNotFoundError as error:
        raise StoreError(
            f"An index in Milvus needs the package {error.name}, which is not installed; "
            "run: pip install -r requirements-cluster.txt"
        ) from error
    # What fails is told by a StoreError; they would write it out as well, with every call that led there.
    for name in ("pymilvus", "milvus_lite"):
        logging.getLogger(name).setLevel(logging.CRITICAL)
    try:
        if address.file:
            return _open_file(pymilvus, address)
        token = os.environ.get("TANYA_MILVUS_TOKEN", "")
        if token and not address.is_encrypted:
            logger.warning("The token goes to %s unencrypted; milvus+tls:// encrypts it", address)
        return pymilvus.MilvusClient(address.uri, token=token, timeout=_CONNECT_S, dedicated=True)
    except Exception as error:  # of pymilvus or of gRPC, OSError
        logger.debug("Opening Milvus failed", exc_info=True)
        raise StoreError(_unopened(address, _reason(error))) from error


def _unopened(address: Address, reason: str) -> str:
    if address.file:
        return (
            f"{address} cannot be opened by milvus-lite ({reason}): it is in use by another process, "
            "or was not made by milvus-lite 3, or may not be written to"
        )
    return (
        f"No Milvus can be opened at {address}: {reason}; see that it runs there, "
        "and that TANYA_MILVUS_TOKEN holds its token if it asks for one"
    )


def _open_file(pymilvus: Any, address: Address) -> Any:
    if address.file:
        address.file.parent.mkdir(parents=True, exist_ok=True)
    with _files_lock:
        client = pymilvus.MilvusClient(address.uri, timeout=_CONNECT_S, dedicated=True)
        _open_files[address.uri] += 1
    return client


def _close_file(path: str) -> None:
    from milvus_lite.server_manager import server_manager_instance

    with _files_lock:
        _open_files[path] -= 1
        if not _open_files[path]:  # pymilvus lets go of it at exit only, and no other process could open it till then
            del _open_files[path]
            server_manager_instance.release_server(path)
