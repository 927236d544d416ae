"""A library's passages in Milvus: on a server or a cluster of them, or in a file of milvus-lite.

Two collections. ``NAME`` holds one entity a passage: its vector, found by HNSW on inner products, and its words, found
by Milvus' own BM25. ``NAME_papers`` holds one a paper, and says which are there whole: a paper is entered as begun,
then its passages follow, then it is whole; removing goes the other way. What an interrupted update left behind is
cleared by the next one, so only one process may update a collection at a time. Any number may search it.

A question is searched for by vector and by words, and the passages found are fused by the reciprocals of their ranks
(Cormack et al. 2009, https://doi.org/10.1145/1571941.1572114; k = 60), all of it in Milvus (``hybrid_search``). A paper
comes as near as its best passage.

What milvus-lite 3.2 lacks, and how that is met in both: filters take no parameters, so that papers are named in them
by hexadecimal digits, which no id can break out of; a collection keeps no description, so that the model is told with
each paper; it has no stemmers, so that words are stemmed here. It serves an open file on a port of this machine
without a password: it is for trying and testing, not for a machine that others use.
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
"""How many passages are looked at by vector, and as many by words: at first, and at most. Milvus returns 16,384."""

BREADTH: Final = 128
"""HNSW's ``ef``: how many candidates it keeps, at least; never fewer than it is asked for."""

ROWS: Final = 500
"""How many entities are sent at once: commonly 2 MB, at worst 34; Milvus takes 64."""

_ENTITY: Final = ["key", "id", "passages", "whole"]


def open_milvus(setting: str, *, dimension: int, model_fingerprint: str) -> MilvusBackend:
    """Open a collection, making it if there is none, as `index.cluster.milvus_connection` describes the setting.

    ``dimension`` and ``model_fingerprint`` are those of the model that makes the vectors. Raises StoreError, for one
    thing if the collection holds another model's.
    """
    connection = Connection(parse_address(setting))
    try:
        return MilvusBackend(connection, dimension, model_fingerprint)
    except BaseException:
        connection.close()
        raise


class MilvusBackend:
    """A `Backend` on Milvus. It may be shared by threads: they search at once, and update one after the other.

    A search sees all of this process's own updates (consistency level "Session"), and another's as soon as Milvus
    has them ready, commonly within a second. What is held whole is always read at its newest ("Strong").
    """

    def __init__(self, connection: Connection, dimension: int, model_fingerprint: str) -> None:
        """Make the collections where they are absent, and see that they are this model's; raises StoreError."""
        self._connection = connection
        self._call = connection.call
        self._model = model_fingerprint
        self._passages = connection.address.collection
        self._papers = f"{self._passages}_papers"
        self._in_file = connection.address.file is not None
        self._lock = threading.Lock()
        self._make(self._papers, *papers_collection())
        self._make(self._passages, *passages_collection(dimension), num_partitions=1 if self._in_file else PARTITIONS)
        self._check(dimension)

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
                if self._in_file:  # what it has not written out is searched slowly; a server sees to that itself
                    self._call("flush", self._passages)

    def search(
        self, queries: Sequence[Query], *, limit: int, within: Collection[str] | None = None
    ) -> list[list[Near]]:
        """Return the nearest papers, as `Backend` has it; scores are sums of reciprocal ranks, at most 2 / 61."""
        scope = None if within is None else sorted({key_of(paper) for paper in within})
        wanted = min(limit, self._count() if scope is None else len(scope))
        return [self._nearest(query, wanted, scope) if wanted > 0 else [] for query in queries]

    def close(self) -> None:
        """Let go of the connection, and of a file if nothing else in this process has it open."""
        self._connection.close()

    def _make(self, name: str, schema: Any, indexes: Any, **settings: Any) -> None:
        """Make what there is not yet of a collection and its indexes: making one may have been interrupted, too."""
        if not self._call("has_collection", name):
            self._call("create_collection", name, schema=schema, consistency_level="Session", **settings)
        there = self._call("list_indexes", name)
        for index in indexes:
            if index.field_name not in there:
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
                f"({model[:12]}, {found} dimensions, not {self._model[:12]}, {dimension} dimensions); "
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
            some = entities[start : start + ROWS]
            self._enter([{**entity, "whole": False} for entity in some])
            keys = [entity["key"] for entity in some]
            self._call("delete", self._passages, filter=one_of("paper", keys))
            self._call("delete", self._papers, ids=keys)

    def _enter(self, entities: Iterable[dict[str, Any]]) -> None:
        self._call("upsert", self._papers, [{**entity, "model": self._model, "place": NOWHERE} for entity in entities])

    def _entities(self) -> list[dict[str, Any]]:
        return self._connection.entities(self._papers, _ENTITY)

    def _count(self) -> int:
        return int(self._query("whole == true", ["count(*)"])[0]["count(*)"])

    def _ids(self, keys: Iterable[str]) -> dict[str, str]:
        """Return the ids of those papers that are there whole, by key."""
        found = self._query(f"whole == true and {one_of('key', keys)}", ["key", "id"]) if keys else []
        return {entity["key"]: entity["id"] for entity in found}

    def _query(self, condition: str, fields: list[str]) -> list[dict[str, Any]]:
        found: list[dict[str, Any]] = self._call(
            "query", self._papers, filter=condition, output_fields=fields, consistency_level="Session"
        )
        return found

    def _nearest(self, query: Query, wanted: int, scope: Sequence[str] | None) -> list[Near]:
        """Look ever deeper, until enough papers are found or there is nothing more to look at."""
        depth = min(max(DEPTH, 10 * wanted), DEEPEST)
        while True:
            hits = self._hits(query, depth, scope)
            best: dict[str, float] = {}
            for hit in hits:
                key = hit["entity"]["paper"]
                best[key] = max(best.get(key, 0.0), float(hit["distance"]))
            ids = self._ids(best)
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
