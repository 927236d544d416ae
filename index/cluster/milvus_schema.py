"""The two collections of a library in Milvus, their indexes, and how papers and words are named there.

Milvus gets the stems of `index.words`, each with its language before it ("idmasker"): it has no Indonesian stemmer, and
a word counts only for passages in its own language, save for codes. Its analyzer has only to split at spaces. The texts
themselves are not stored.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable
from typing import Any, Final

from corpus import LANGUAGES, Language
from index.backend import Query
from index.words import sought_stems, split_words, stems

PARTITIONS: Final = 16
"""How many partitions a server spreads the papers over, by their keys; Milvus' own default.

A file has one, because milvus-lite counts how rare a word is within each partition."""

HNSW: Final = {"M": 32, "efConstruction": 200}
BM25: Final = {"bm25_k1": 1.5, "bm25_b": 0.75}
"""bm25s's parameters, so that words have the same weight in Milvus."""

LONGEST_ID: Final = 1024
LONGEST_TEXT: Final = 65_535
"""In bytes of UTF-8; the second is Milvus' own limit."""

NOWHERE: Final = (0.0, 0.0)
"""A paper's vector, which is never searched for: Milvus takes no collection without vectors."""


def papers_collection() -> tuple[Any, Any]:
    """Return schema and indexes of the papers: their ids and models, and whether they are there whole."""
    from pymilvus import DataType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=64)
    schema.add_field("id", DataType.VARCHAR, max_length=LONGEST_ID)
    schema.add_field("model", DataType.VARCHAR, max_length=256)
    schema.add_field("passages", DataType.INT64)
    schema.add_field("whole", DataType.BOOL)
    schema.add_field("place", DataType.FLOAT_VECTOR, dim=len(NOWHERE))
    indexes = MilvusClient.prepare_index_params()
    indexes.add_index("place", index_type="FLAT", metric_type="L2")
    return schema, indexes


def passages_collection(dimension: int) -> tuple[Any, Any]:
    """Return schema and indexes of the passages. All passages of a paper are in one partition."""
    from pymilvus import DataType, Function, FunctionType, MilvusClient

    schema = MilvusClient.create_schema(auto_id=False, enable_dynamic_field=False)
    schema.add_field("key", DataType.VARCHAR, is_primary=True, max_length=64)
    schema.add_field("paper", DataType.VARCHAR, max_length=64, is_partition_key=True)
    schema.add_field("language", DataType.VARCHAR, max_length=8)
    analyzed = {"enable_analyzer": True, "analyzer_params": {"tokenizer": "standard"}}
    schema.add_field("words", DataType.VARCHAR, max_length=LONGEST_TEXT, **analyzed)
    schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
    schema.add_field("counted", DataType.SPARSE_FLOAT_VECTOR)
    schema.add_function(Function("bm25", FunctionType.BM25, ["words"], ["counted"]))
    indexes = MilvusClient.prepare_index_params()
    indexes.add_index("vector", index_type="HNSW", metric_type="IP", params=HNSW)
    indexes.add_index("counted", index_type="SPARSE_INVERTED_INDEX", metric_type="BM25", params=BM25)
    return schema, indexes


def key_of(paper: str) -> str:
    """Return the name of a paper in Milvus: 32 hexadecimal digits, whatever its id is."""
    return hashlib.sha256(paper.encode("utf-8", "surrogatepass")).hexdigest()[:32]


def one_of(field: str, keys: Iterable[str]) -> str:
    """Return the filter for entities whose field is one of these keys of `key_of`, which need no escaping."""
    quoted = ", ".join(f'"{key}"' for key in keys)
    return f"{field} in [{quoted}]"


def counted_words(text: str, language: Language) -> str:
    """Return a passage's words as Milvus counts them, as many as it takes."""
    words = " ".join(f"{language}{stem}" for stem in stems(split_words(text), language))
    if len(words.encode()) > LONGEST_TEXT:
        words = words.encode()[:LONGEST_TEXT].decode("utf-8", "ignore").rpartition(" ")[0]
    return words


def sought_words(query: Query) -> str:
    """Return a question's words as Milvus searches for them."""
    words = split_words(query.text)
    return " ".join(
        f"{language}{stem}" for language in LANGUAGES for stem in sought_stems(words, query.language, language)
    )
