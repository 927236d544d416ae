"""A library's passages in Milvus: on a server or a cluster of them, or in a file of milvus-lite.

There are two collections. ``NAME`` has one entity for each passage, with its vector, found by HNSW on inner products,
and its words, found by Milvus' own BM25. ``NAME_papers`` has one for each paper, which says whether it is there whole:
a paper is entered as begun, then come its passages, and then it is entered as whole; removing goes the other way. The
next update clears what an interrupted one left behind, so only one process may update a collection at a time. Any
number may search it.

A question is searched for by its vector and by its words, and Milvus ranks the passages by the reciprocals of both
ranks (``hybrid_search``). A paper is as near as its best passage.

milvus-lite 3.2 lacks some of Milvus, so both do without it. Its filters take no parameters: they name papers by
hexadecimal digits, which need no escaping. Its collections keep no description: each paper names its model. It has no
stemmers: words are stemmed here. It serves an open file on a port of this machine without a password, so it is for
trying and testing, not for a machine that others use.
"""

from __future__ import annotations

import threading
from collections.abc import Collection, Iterable, Sequence
from itertools import islice
from typing import Any, Final

from index.backend import RECIPROCAL_RANK, EncodedPaper, Near, Query
from index.cluster.milvus_connection import Connection, parse_address
from index.cluster.milvus_schema import (
    LONGEST_ID,
    NOWHERE,
    PARTITIONS,
    counted_words,
    key_of,
    one_of,
    papers_collection,
    passages_collection,
    sought_words,
)
from index.errors import StoreError

DEPTH: Final = 100
DEEPEST: Final = 8192
"""How many passages are ranked by vector, and as many by words: at first, and at most. Milvus returns 16,384."""

BREADTH: Final = 128
"""How many candidates HNSW holds, at least (its ``ef``)."""

ROWS: Final = 500
"""How many entities are sent at once: commonly 2 MB, 34 MB at worst. Milvus takes 64 MB."""

_ENTITY: Final = ["key", "id", "passages", "whole"]


class MilvusBackend:
    """A `Backend` on Milvus. Threads may share it: they search at the same time, and update one after the other.

    A search sees all updates of this process (consistency level "Session"), and those of others as soon as Milvus has
    them ready, commonly within a second. Which papers are whole is always read at its newest ("Strong").
    """

    def __init__(self, address: str, *, dimension: int, model_fingerprint: str) -> None:
        """Open the collection at an address of `index.cluster.milvus_connection`, creating it if it is absent.

        ``dimension`` and ``model_fingerprint`` are those of the model that the vectors are from. Raises StoreError,
        also if the collection holds vectors of another model.
        """
        self._connection = Connection(parse_address(address))
        self._call = self._connection.call
        self._model = model_fingerprint
        self._passages = self._connection.address.collection
        self._papers = f"{self._passages}_papers"
        self._in_file = self._connection.address.file is not None
        self._lock = threading.Lock()
        partitions = 1 if self._in_file else PARTITIONS
        try:
            self._make(self._papers, *papers_collection())
            self._make(self._passages, *passages_collection(dimension), num_partitions=partitions)
            self._check(dimension)
        except BaseException:
            self.close()
            raise

    def papers(self) -> frozenset[str]:
        """Return the ids of the papers that are there whole."""
        return frozenset(entity["id"] for entity in self._entities() if entity["whole"])

    def update(self, add: Iterable[EncodedPaper], remove: Collection[str]) -> None:
        """Add papers and remove others, as `Backend.update` does."""
        with self._lock:
            held = {entity["key"]: entity for entity in self._entities()}
            gone = {key_of(paper) for paper in remove} | {key for key, entity in held.items() if not entity["whole"]}
            self._forget([held.pop(key) for key in gone if key in held])
            try:
                for paper in add:
                    key = key_of(paper.id)
                    if key in held:
                        self._forget([held.pop(key)])
                    held[key] = self._add(key, paper)
            finally:
                if self._in_file:  # entities not yet written out are searched slowly; a server writes them itself
                    self._call("flush", self._passages)

    def search(
        self, queries: Sequence[Query], *, limit: int, within: Collection[str] | None = None
    ) -> list[list[Near]]:
        """Return the nearest papers, as `Backend.search` does; scores are sums of reciprocal ranks, at most 2 / 61."""
        scope = None if within is None else sorted({key_of(paper) for paper in within})
        held = len(scope) if scope is not None else int(self._query("whole == true", ["count(*)"])[0]["count(*)"])
        wanted = min(limit, held)
        return [self._nearest(query, wanted, scope) if wanted > 0 else [] for query in queries]

    def close(self) -> None:
        """Close the connection, and a file if nothing else in this process has it open."""
        self._connection.close()

    def _make(self, name: str, schema: Any, indexes: Any, **settings: Any) -> None:
        """Create a collection and its indexes, as far as an interrupted process has not done so."""
        if not self._call("has_collection", name):
            self._call("create_collection", name, schema=schema, consistency_level="Session", **settings)
        present = self._call("list_indexes", name)
        for index in indexes:
            if index.field_name not in present:
                self._call("create_index", name, type(indexes)([index]))
        self._call("load_collection", name)

    def _check(self, dimension: int) -> None:
        fields = self._call("describe_collection", self._passages)["fields"]
        found = next((field["params"].get("dim") for field in fields if field["name"] == "vector"), None)
        held = self._call("query", self._papers, filter="", limit=1, output_fields=["model"])
        model = held[0]["model"] if held else self._model
        if (found, model) != (dimension, self._model):
            raise StoreError(
                f'The collection "{self._passages}" in {self._connection.address} was made by another model '
                f"or version ({model[:12]}, {found} dimensions, not {self._model[:12]}, {dimension} dimensions); "
                "choose that model, or name another collection or file"
            )

    def _add(self, key: str, paper: EncodedPaper) -> dict[str, Any]:
        if len(paper.id.encode("utf-8", "replace")) > LONGEST_ID:
            raise StoreError(f'The id "{paper.id[:40]}..." is too long for Milvus, which takes {LONGEST_ID} bytes')
        entity = {"key": key, "id": paper.id, "passages": len(paper.texts), "whole": False}
        self._enter([entity])
        passages = enumerate(zip(paper.texts, paper.languages, paper.vectors, strict=True))
        rows = (
            {
                "key": f"{key}-{row}",
                "paper": key,
                "language": language,
                "words": counted_words(text, language),
                "vector": vector,
            }
            for row, (text, language, vector) in passages
        )
        while batch := list(islice(rows, ROWS)):
            self._call("insert", self._passages, batch)
        whole = {**entity, "whole": True}
        self._enter([whole])
        return whole

    def _forget(self, entities: Sequence[dict[str, Any]]) -> None:
        for start in range(0, len(entities), ROWS):
            batch = entities[start : start + ROWS]
            self._enter([{**entity, "whole": False} for entity in batch])
            keys = [entity["key"] for entity in batch]
            self._call("delete", self._passages, filter=one_of("paper", keys))
            self._call("delete", self._papers, ids=keys)

    def _enter(self, entities: Iterable[dict[str, Any]]) -> None:
        self._call("upsert", self._papers, [{**entity, "model": self._model, "place": NOWHERE} for entity in entities])

    def _entities(self) -> list[dict[str, Any]]:
        return self._connection.entities(self._papers, _ENTITY)

    def _query(self, condition: str, fields: list[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._call(
            "query", self._papers, filter=condition, output_fields=fields, consistency_level="Session"
        )
        return found

    def _nearest(self, query: Query, wanted: int, scope: Sequence[str] | None) -> list[Near]:
        """Rank ever more passages, until enough papers are found or there are no more passages."""
        depth = min(max(DEPTH, 10 * wanted), DEEPEST)
        while True:
            hits = self._hits(query, depth, scope)
            best: dict[str, float] = {}
            for hit in hits:
                key = hit["entity"]["paper"]
                best[key] = max(best.get(key, 0.0), float(hit["distance"]))
            whole = self._query(f"whole == true and {one_of('key', best)}", ["key", "id"]) if best else []
            ids = {entity["key"]: entity["id"] for entity in whole}
            if len(ids) >= wanted or len(hits) < depth or depth == DEEPEST:
                found = [Near(ids[key], score) for key, score in best.items() if key in ids]
                return sorted(found, key=lambda near: (-near.score, near.paper))[:wanted]
            depth = min(2 * depth, DEEPEST)

    def _hits(self, query: Query, depth: int, scope: Sequence[str] | None) -> list[dict[str, Any]]:
        from pymilvus import AnnSearchRequest, RRFRanker

        within = "" if scope is None else one_of("paper", scope)
        by_vector = {"metric_type": "IP", "params": {"ef": max(depth, BREADTH)}}
        requests = [AnnSearchRequest([query.vector], "vector", by_vector, depth, expr=within)]
        words = sought_words(query)
        if words:
            requests.append(AnnSearchRequest([words], "counted", {"metric_type": "BM25"}, depth, expr=within))
        found: list[list[dict[str, Any]]] = self._call(
            "hybrid_search",
            self._passages,
            requests,
            RRFRanker(RECIPROCAL_RANK),
            limit=2 * depth,
            output_fields=["paper"],
            consistency_level="Session",
        )
        return found[0]
