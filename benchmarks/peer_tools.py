"""Tools that find the texts nearest to a question, each set up as its own documentation has it.

Each is opened with the folder of multilingual-e5-small, and with the prefixes that it needs; all else is left as it
comes. Opening one raises ModuleNotFoundError where it is not installed.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from typing import Any, Final, NamedTuple

from index.embedder import InstalledModel

NEAREST: Final = 3
"""How many texts are found: as many as `assistant.evaluation` looks at."""

Find = Callable[[str], list[int]]
"""Returns the numbers of the texts that are nearest to a question, from 0, the nearest first."""

Index = Callable[[Sequence[str]], Find]
"""Indexes texts."""

_MODEL: Final = InstalledModel()


class Tool(NamedTuple):
    """A tool, the packages that are installed for it, and what opens it with the model in a folder."""

    name: str
    packages: tuple[str, ...]
    open: Callable[[str], Index]


def txtai(model: str) -> Index:
    """Open its embeddings, a dense and a BM25 index, whose scores are added."""
    from txtai import Embeddings

    prefixes = {"query": _MODEL.query_prefix, "data": _MODEL.passage_prefix}
    embeddings = Embeddings(path=model, hybrid=True, instructions=prefixes)

    def index(texts: Sequence[str]) -> Find:
        embeddings.index(texts)
        return lambda question: [number for number, _ in embeddings.search(question, NEAREST)]

    return index


def llama_index(model: str) -> Index:
    """Open its vector index, which a retriever searches."""
    from llama_index.core import VectorStoreIndex
    from llama_index.core.schema import TextNode
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    encoder = HuggingFaceEmbedding(model, query_instruction=_MODEL.query_prefix, text_instruction=_MODEL.passage_prefix)

    def index(texts: Sequence[str]) -> Find:
        nodes = [TextNode(id_=str(number), text=text) for number, text in enumerate(texts)]
        retriever = VectorStoreIndex(nodes, embed_model=encoder).as_retriever(similarity_top_k=NEAREST)
        return lambda question: [int(found.node.node_id) for found in retriever.retrieve(question)]

    return index


def haystack(model: str) -> Index:
    """Open its embedding and its BM25 retriever over documents in memory, joined by reciprocal ranks.

    Its ExtractiveReader is left out: it needs a model trained to answer, which is on a hub and in no package.
    """
    os.environ["HAYSTACK_TELEMETRY_ENABLED"] = "False"  # read on import
    from haystack import Document, Pipeline
    from haystack.components.joiners import DocumentJoiner
    from haystack.components.retrievers import in_memory as retrievers
    from haystack.document_stores.in_memory import InMemoryDocumentStore
    from haystack_integrations.components.embedders import sentence_transformers as embedders

    settings: dict[str, Any] = {"model": model, "progress_bar": False}
    passages = embedders.SentenceTransformersDocumentEmbedder(prefix=_MODEL.passage_prefix, **settings)
    passages.warm_up()

    def index(texts: Sequence[str]) -> Find:
        store = InMemoryDocumentStore(shared=False)
        documents = [Document(id=str(number), content=text) for number, text in enumerate(texts)]
        store.write_documents(passages.run(documents)["documents"])
        pipeline = Pipeline()
        question = embedders.SentenceTransformersTextEmbedder(prefix=_MODEL.query_prefix, **settings)
        pipeline.add_component("encode", question)
        pipeline.add_component("vectors", retrievers.InMemoryEmbeddingRetriever(store))
        pipeline.add_component("words", retrievers.InMemoryBM25Retriever(store))
        pipeline.add_component("join", DocumentJoiner("reciprocal_rank_fusion", top_k=NEAREST))
        pipeline.connect("encode.embedding", "vectors.query_embedding")
        pipeline.connect("vectors", "join")
        pipeline.connect("words", "join")

        def find(question: str) -> list[int]:
            found = pipeline.run({"encode": {"text": question}, "words": {"query": question}})
            return [int(document.id) for document in found["join"]["documents"]]

        return find

    return index


def words(_: str) -> Index:
    """Open BM25 over words as they are printed, in small letters: no model, no stems, no list of small words."""
    import bm25s

    def index(texts: Sequence[str]) -> Find:
        bm25 = bm25s.BM25()
        bm25.index(bm25s.tokenize(list(texts), stopwords=None, show_progress=False), show_progress=False)

        def find(question: str) -> list[int]:
            split = bm25s.tokenize(question, stopwords=None, return_ids=False, show_progress=False)
            found, _ = bm25.retrieve(split, k=NEAREST, show_progress=False)
            return [int(number) for number in found[0]]

        return find

    return index


TOOLS: Final = (
    Tool("txtai, hybrid", ("txtai",), txtai),
    Tool("LlamaIndex, vectors", ("llama-index-core", "llama-index-embeddings-huggingface"), llama_index),
    Tool("Haystack, embeddings and BM25", ("haystack-ai", "sentence-transformers-haystack"), haystack),
    Tool("BM25, plain", ("bm25s",), words),
)
