"""A library's passages in Milvus, for real: pymilvus talks to milvus-lite, which keeps a file, as to any server."""

from __future__ import annotations

import logging
import shutil
import socket
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pytest

from corpus import Language
from index.backend import Backend, EncodedPaper, Near, Query
from index.cluster import milvus, milvus_connection
from index.cluster.milvus import MilvusBackend
from index.cluster.milvus_connection import parse_address
from index.errors import StoreError
from tests.index.encoded_papers import DIMENSION, paper, vector


def needs_milvus() -> None:
    for package in ("pymilvus", "milvus_lite"):
        pytest.importorskip(package, reason=f"{package} is not installed: pip install -r requirements-cluster.txt")


def named(found: Sequence[Near]) -> list[str]:
    return [near.paper for near in found]


MASKS = paper("masks", "Sichuan gave masks.", "The masks came by air.", number=1)
RICE = paper("rice", "Rice grows in wet fields.", "Harvests were poor in 1998.", number=2)
TRAINS = paper("trains", "Kereta cepat ke Bandung.", "Penumpang membayar tiket.", number=3, language="id")
FAR = vector(99)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Make an empty library, once: pymilvus takes half a second for each index."""
    needs_milvus()
    file = tmp_path_factory.mktemp("made") / "folder" / "library.db"
    opened(f"milvus://{file}").close()
    return file


@pytest.fixture
def setting(made: Path, tmp_path: Path) -> str:
    shutil.copytree(made, tmp_path / "library.db")
    return f"milvus://{tmp_path}/library.db"


def opened(setting: str, *, dimension: int = DIMENSION, model: str = "a model") -> MilvusBackend:
    return MilvusBackend(setting, dimension=dimension, model_fingerprint=model)


@pytest.fixture
def backend(setting: str) -> Iterator[MilvusBackend]:
    found = opened(setting)
    yield found
    found.close()


@pytest.fixture
def library(backend: MilvusBackend) -> MilvusBackend:
    backend.update([MASKS, RICE, TRAINS], [])
    return backend


class TestUpdate:
    def test_nothing_is_held_at_first(self, backend: Backend) -> None:
        assert backend.papers() == frozenset()
        assert backend.search([Query("masks", "en", FAR)], limit=5) == [[]]

    def test_papers_are_added_and_removed(self, library: MilvusBackend) -> None:
        assert library.papers() == {"masks", "rice", "trains"}
        library.update([], ["rice", "never there"])
        assert library.papers() == {"masks", "trains"}
        assert named(library.search([Query("rice harvests", "en", vector(2, 0))], limit=5)[0]) == ["masks", "trains"]

    def test_a_paper_added_again_is_replaced(self, library: MilvusBackend) -> None:
        before = library._call("query", library._passages, filter="", output_fields=["count(*)"])
        library.update([MASKS], [])
        assert library._call("query", library._passages, filter="", output_fields=["count(*)"]) == before
        library.update([paper("masks", "Something else altogether.", number=8)], [])
        assert library.papers() == {"masks", "rice", "trains"}
        assert named(library.search([Query("Sichuan", "en", vector(8, 0))], limit=1)[0]) == ["masks"]
        rows = library._call("query", library._passages, filter="words like 'ensichuan%'", output_fields=["key"])
        assert list(rows) == []

    def test_a_paper_may_be_added_twice_at_once_and_removed_and_added_at_once(self, library: MilvusBackend) -> None:
        library.update([RICE, paper("rice", "Only this.", number=7)], ["rice"])
        rows = library._call("query", library._passages, filter="", output_fields=["words"])
        assert sum(row["words"] == "enonli enthis" for row in rows) == 1
        assert len(rows) == 5

    def test_a_paper_without_passages_is_held(self, backend: MilvusBackend) -> None:
        backend.update([paper("empty"), MASKS], [])
        assert backend.papers() == {"empty", "masks"}

    def test_passages_without_words_and_beyond_what_milvus_takes(self, backend: MilvusBackend) -> None:
        long = " ".join(f"kata{number}" for number in range(20_000))
        backend.update([paper("odd", "—", "", long, "half a pair \ud83d", number=4)], [])
        assert named(backend.search([Query("kata17", "en", FAR)], limit=1)[0]) == ["odd"]

    def test_more_passages_than_are_sent_at_once(self, backend: MilvusBackend, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(milvus, "ROWS", 3)
        papers = [paper(f"paper {n}", *(f"word{n} {row}" for row in range(n)), number=n) for n in range(1, 9)]
        backend.update(papers, [])
        rows = backend._call("query", backend._passages, filter="", output_fields=["key"])
        assert len(rows) == len({row["key"] for row in rows}) == sum(range(1, 9))
        backend.update([], [one.id for one in papers[:7]])
        assert backend.papers() == {"paper 8"}
        assert len(backend._call("query", backend._passages, filter="", output_fields=["key"])) == 8

    def test_more_papers_than_a_page_of_them(self, backend: MilvusBackend) -> None:
        backend._enter(
            {"key": f"{n:032x}", "id": f"paper {n}", "passages": 0, "whole": n % 2 == 0} for n in range(2500)
        )
        assert backend.papers() == {f"paper {n}" for n in range(0, 2500, 2)}

    def test_an_id_that_is_too_long_is_said_to_be(self, backend: MilvusBackend) -> None:
        with pytest.raises(StoreError, match="too long for Milvus, which takes 1024 bytes"):
            backend.update([paper("x" * 1025, "text")], [])
        assert backend.papers() == frozenset()


class Interrupted(Exception):
    pass


class TestInterrupted:
    def interrupt(self, backend: MilvusBackend, monkeypatch: pytest.MonkeyPatch, at: str, call: int) -> None:
        """Let the nth call of Milvus' ``at`` raise, after what it does."""
        calls = 0
        whole = backend._connection.call

        def broken(name: str, *args: object, **kwargs: object) -> object:
            nonlocal calls
            found = whole(name, *args, **kwargs)
            calls += name == at
            if name == at and calls == call:
                raise Interrupted
            return found

        monkeypatch.setattr(backend, "_call", broken)

    def test_between_papers(self, backend: MilvusBackend) -> None:
        def papers() -> Iterator[EncodedPaper]:
            yield MASKS
            raise Interrupted

        with pytest.raises(Interrupted):
            backend.update(papers(), [])
        assert backend.papers() == {"masks"}
        backend.update([RICE], [])
        assert backend.papers() == {"masks", "rice"}

    def test_amid_a_paper(self, backend: MilvusBackend, setting: str, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(milvus, "ROWS", 1)
        backend.update([RICE], [])
        with monkeypatch.context() as broken, pytest.raises(Interrupted):
            self.interrupt(backend, broken, "insert", 1)
            backend.update([MASKS], [])
        # The half that is there is not searched, nor does it keep the others from being found.
        assert backend.papers() == {"rice"}
        assert named(backend.search([Query("Sichuan masks", "en", vector(1, 0))], limit=2)[0]) == ["rice"]
        backend.close()

        again = opened(setting)
        try:
            again.update([TRAINS], [])
            rows = again._call("query", again._passages, filter="", output_fields=["language"])
            assert len(rows) == 4, "what was begun and not asked for again is cleared"
            again.update([MASKS], [])
            assert again.papers() == {"masks", "rice", "trains"}
            assert named(again.search([Query("Sichuan masks", "en", vector(1, 0))], limit=1)[0]) == ["masks"]
        finally:
            again.close()

    @pytest.mark.parametrize(("at", "call"), [("upsert", 1), ("delete", 1), ("delete", 2)])
    def test_amid_removing(self, library: MilvusBackend, monkeypatch: pytest.MonkeyPatch, at: str, call: int) -> None:
        with monkeypatch.context() as broken, pytest.raises(Interrupted):
            self.interrupt(library, broken, at, call)
            library.update([], ["rice"])
        assert library.papers() == {"masks", "trains"}
        library.update([], [])
        assert len(library._call("query", library._passages, filter="", output_fields=["key"])) == 4
        assert len(library._entities()) == 2


class TestSearch:
    def test_by_meaning(self, library: MilvusBackend) -> None:
        for one in (MASKS, RICE, TRAINS):
            found = library.search([Query("unheard of", "en", one.vectors[1])], limit=3)[0]
            assert found[0].paper == one.id
            assert len(found) == 3
            assert found[0].score > found[1].score > found[2].score > 0

    def test_by_words_alone(self, backend: MilvusBackend) -> None:
        # The vector is nearer to 120 other papers than to the one with the rare word.
        others = [paper(f"other {n}", f"Common words {n}.", number=100 + n) for n in range(120)]
        rare = EncodedPaper("rare", ["A xylograph is a woodcut."], ["en"], -FAR[None])
        backend.update([*others, rare], [])
        assert named(backend.search([Query("What are xylographs?", "en", FAR)], limit=1)[0]) != ["rare"]  # a tie
        assert "rare" in named(backend.search([Query("What are xylographs?", "en", FAR)], limit=2)[0])
        assert "rare" not in named(backend.search([Query("What are lithographs?", "en", FAR)], limit=20)[0])

    def test_both_together_are_worth_more_than_either(self, library: MilvusBackend) -> None:
        [found] = library.search([Query("rice", "en", RICE.vectors[0])], limit=1)
        assert named(found) == ["rice"]
        assert found[0].score == pytest.approx(2 / 61)

    def test_words_of_the_questions_own_language_and_codes_of_any(self, backend: MilvusBackend) -> None:
        backend.update(
            [
                paper("indonesian", "Data air di kota.", number=1, language="id"),
                paper("english", "Travel by air in 2020.", number=2),
                paper("code", "RSUD pada 2020.", number=3, language="id"),
            ],
            [],
        )

        def by_words(text: str, language: Language) -> set[str]:
            found = backend.search([Query(text, language, FAR)], limit=3)[0]
            by_vector = backend.search([Query("", language, FAR)], limit=3)[0]
            scores = {near.paper: near.score for near in by_vector}
            return {near.paper for near in found if near.score > scores[near.paper] + 1e-6}

        assert by_words("air", "en") == {"english"}
        assert by_words("air", "id") == {"indonesian"}
        assert by_words("2020", "en") == {"english", "code"}
        assert by_words("RSUD", "en") == {"code"}

    def test_within_some_papers(self, library: MilvusBackend) -> None:
        query = Query("Sichuan masks", "en", MASKS.vectors[0])
        [found] = library.search([query], limit=5, within=["rice", "trains", "never there"])
        assert set(named(found)) == {"rice", "trains"}
        assert library.search([query], limit=5, within=[]) == [[]]
        assert library.search([query], limit=5, within=["never there"]) == [[]]

    def test_a_batch_keeps_its_order_and_may_be_empty(self, library: MilvusBackend) -> None:
        queries = [Query("", "en", one.vectors[0]) for one in (RICE, MASKS, TRAINS, RICE)]
        found = library.search(queries, limit=1)
        assert [named(one) for one in found] == [["rice"], ["masks"], ["trains"], ["rice"]]
        assert library.search([], limit=1) == []
        assert library.search(queries[:1], limit=0) == [[]]

    def test_deeper_where_one_paper_fills_the_first_places(
        self, backend: MilvusBackend, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(milvus, "DEPTH", 10)
        many = EncodedPaper("many", ["Text."] * 300, ["en"] * 300, np.tile(FAR, (300, 1)))
        backend.update([many, MASKS, RICE], [])
        assert named(backend.search([Query("text", "en", FAR)], limit=3)[0])[0] == "many"
        assert set(named(backend.search([Query("text", "en", FAR)], limit=3)[0])) == {"many", "masks", "rice"}

    def test_ids_that_try_to_be_more_than_ids(self, library: MilvusBackend) -> None:
        odd = ['x"] or whole == true or key in ["', "x'] or 1 == 1 --", "{papers}", "*", "%", "\\", "\n", "日本", ""]
        assert library.search([Query("masks", "en", FAR)], limit=9, within=odd) == [[]]
        library.update([], odd)
        assert library.papers() == {"masks", "rice", "trains"}
        library.update([paper(name, f"text {n}", number=50 + n) for n, name in enumerate(odd)], [])
        assert library.papers() == {"masks", "rice", "trains", *odd}
        for n, name in enumerate(odd):
            assert named(library.search([Query("", "en", vector(50 + n, 0))], limit=9, within=[name])[0]) == [name]
        library.update([], odd)
        assert library.papers() == {"masks", "rice", "trains"}


class TestOpening:
    def test_a_file_is_opened_again(self, setting: str) -> None:
        backend = opened(setting)
        backend.update([MASKS, RICE], [])
        before = backend.search([Query("poor harvests", "en", RICE.vectors[1])], limit=2)
        backend.close()
        again = opened(setting)
        assert again.papers() == {"masks", "rice"}
        assert again.search([Query("poor harvests", "en", RICE.vectors[1])], limit=2) == before
        again.close()
        again.close()
        with pytest.raises(StoreError, match="has been closed"):
            again.papers()

    @pytest.mark.parametrize("after", ["create_collection", "create_index"])
    def test_making_it_may_be_interrupted(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, after: str) -> None:
        needs_milvus()
        setting, whole = f"milvus://{tmp_path}/library.db", milvus_connection.Connection.call
        left = 2

        def broken(self: milvus_connection.Connection, name: str, *args: object, **kwargs: object) -> object:
            nonlocal left
            found = whole(self, name, *args, **kwargs)
            left -= name == after
            if name == after and not left:
                raise Interrupted
            return found

        with monkeypatch.context() as patch, pytest.raises(Interrupted):
            patch.setattr(milvus_connection.Connection, "call", broken)
            opened(setting)
        again = opened(setting)
        again.update([MASKS], [])
        assert named(again.search([Query("Sichuan", "en", FAR)], limit=1)[0]) == ["masks"]
        again.close()

    def test_a_file_may_be_open_twice_in_a_process(self, setting: str) -> None:
        first, second = opened(setting), opened(setting)
        first.update([MASKS], [])
        first.close()
        assert second.papers() == {"masks"}
        second.close()

    def test_another_process_must_wait(self, library: MilvusBackend, setting: str) -> None:
        code = (
            "import sys\nfrom index import StoreError\nfrom index.cluster.milvus import MilvusBackend\n"
            f"try: MilvusBackend(sys.argv[1], dimension={DIMENSION}, model_fingerprint='a model')\n"
            "except StoreError as error: print(error)\n"
        )
        command = [sys.executable, "-c", code, setting]
        held = subprocess.run(command, capture_output=True, text=True, check=True)
        assert "library.db cannot be opened by milvus-lite" in held.stdout
        assert "in use by another process" in held.stdout
        assert held.stdout.count("\n") == 1
        assert held.stderr == ""
        library.close()
        assert subprocess.run(command, capture_output=True, text=True, check=True).stdout == ""

    def test_of_another_model(self, library: MilvusBackend, setting: str) -> None:
        with pytest.raises(
            StoreError, match=r"made by another model or version \(a model, 16 dim.*, not other, 16 dim.*choose that"
        ):
            opened(setting, model="other")
        with pytest.raises(StoreError, match=r"\(a model, 16 dimensions, not a model, 8 dimensions\)"):
            opened(setting, dimension=8)
        assert library.papers() == {"masks", "rice", "trains"}

    def test_what_is_no_file_of_milvus_lite(self, tmp_path: Path) -> None:
        needs_milvus()
        (tmp_path / "notes.db").write_text("mine")
        with pytest.raises(StoreError, match=r"notes\.db cannot be opened by milvus-lite"):
            opened(f"milvus://{tmp_path}/notes.db")
        assert (tmp_path / "notes.db").read_text() == "mine"

    @pytest.mark.parametrize("package", ["pymilvus", "milvus_lite"])
    def test_without_the_packages(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, package: str) -> None:
        monkeypatch.setitem(sys.modules, "pymilvus", sys.modules.get("pymilvus", logging))
        monkeypatch.setitem(sys.modules, package, None)
        with pytest.raises(StoreError, match=f"needs the package {package}.*pip install -r requirements-cluster.txt"):
            opened(f"milvus://{tmp_path}/library.db")

    def test_where_no_server_answers(self, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture) -> None:
        needs_milvus()
        monkeypatch.setattr(milvus_connection, "_CONNECT_S", 0.5)
        monkeypatch.setenv("TANYA_MILVUS_TOKEN", "a secret")
        with socket.socket() as closed:
            closed.bind(("127.0.0.1", 0))  # bound and not listened to: whoever connects is turned away
            port = closed.getsockname()[1]
            with pytest.raises(StoreError) as caught:
                opened(f"milvus://127.0.0.1:{port}/papers")
        assert str(caught.value).startswith(f"No Milvus can be opened at 127.0.0.1:{port}: ")
        assert "see that it runs there" in str(caught.value)
        assert "\n" not in str(caught.value)
        assert f"The token goes to 127.0.0.1:{port} unencrypted" in caplog.text
        assert "a secret" not in caplog.text + str(caught.value)

    def test_a_server_that_goes_away(self, library: MilvusBackend, monkeypatch: pytest.MonkeyPatch) -> None:
        from milvus_lite.server_manager import server_manager_instance

        monkeypatch.setattr(milvus_connection, "_CALL_S", 0.5)
        server_manager_instance.release_server(library._connection.address.uri)
        with pytest.raises(StoreError, match=r"The Milvus in .*library\.db failed: ") as caught:
            library.search([Query("masks", "en", FAR)], limit=1)
        assert "\n" not in str(caught.value)


class TestAddress:
    @pytest.mark.parametrize(
        ("setting", "uri", "collection"),
        [
            ("milvus://milvus.example:1234/papers_2", "http://milvus.example:1234", "papers_2"),
            ("milvus://milvus.example", "http://milvus.example:19530", "tanya"),
            ("milvus://[::1]:1/a/", "http://[::1]:1", "a"),
            ("milvus+tls://milvus.example/papers", "https://milvus.example:19530", "papers"),
            ("milvus:///srv/papers.db", "/srv/papers.db", "tanya"),
            ("milvus://folder/papers.db", f"{Path.cwd()}/folder/papers.db", "tanya"),
        ],
    )
    def test_forms(self, setting: str, uri: str, collection: str) -> None:
        address = parse_address(setting)
        assert (address.uri, address.collection) == (uri, collection)
        assert (address.file is not None) == setting.endswith(".db")

    @pytest.mark.parametrize(
        "setting",
        [
            "",
            "milvus://",
            "milvus:///papers",
            "http://milvus.example/papers",
            "milvus://host:port/papers",
            "milvus://host:1/not a name",
            "milvus://host:1/papers/more",
            "milvus://host:1/papers?token=x",
            "milvus://[::1/papers",
        ],
    )
    def test_others_are_refused(self, setting: str) -> None:
        with pytest.raises(
            StoreError, match="is no address of a Milvus; it has the form milvus://HOST:PORT/COLLECTION"
        ):
            parse_address(setting)

    @pytest.mark.parametrize("where", ["host:1/papers", "papers.db"])
    def test_a_password_in_it_is_refused_and_not_repeated(self, where: str) -> None:
        with pytest.raises(StoreError, match="set TANYA_MILVUS_TOKEN") as caught:
            parse_address(f"milvus://root:secret@{where}")
        assert "secret" not in str(caught.value)
