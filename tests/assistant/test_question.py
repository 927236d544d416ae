"""A question is understood once: its kind, what its answer has to be, and what it leans on."""

from __future__ import annotations

import pytest

from assistant.question import Question, take, understand


def kinds(question: Question) -> tuple[str, str]:
    return question.kind, question.topic


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Hey there", "talk"),
        ("Terima kasih banyak!", "talk"),
        ("ok", "talk"),
        ("a", "talk"),
        ("What can you do?", "talk"),
        ("Kamu ini siapa sih?", "talk"),
        ("Thanks for the article on masks", "fact"),
        ("Why was the border closed?", "reason"),
        ("Apa alasan perbatasan ditutup?", "reason"),
        ("Bagaimana vaksin dibagikan?", "manner"),
        ("Sebutkan semua mitra dagang", "list"),
        ("Apa saja mitra dagangnya?", "list"),
        ("Compare the two provinces", "comparison"),
        ("Why does the north have more wells than the south?", "reason"),
        ("Apa bedanya A dan B?", "comparison"),
        ("Is it true that the border was closed?", "claim"),
        ("Perbatasannya ditutup, benar kan?", "claim"),
        ("Did the province buy masks?", "claim"),
        ("Apakah provinsi membeli masker?", "claim"),
        ("Apa itu paradiplomasi?", "fact"),
        ("Was it above or below the limit?", "fact"),
    ],
)
def test_the_kind_of_answer_that_is_wanted(text: str, kind: str) -> None:
    assert take(text, None).kind == kind


@pytest.mark.parametrize(
    ("text", "kind", "topic"),
    [
        ("Who wrote this article?", "file", "authors"),
        ("Siapa penulisnya?", "file", "authors"),
        ("How many pages are there?", "file", "pages"),
        ("Judul makalah ini apa?", "file", "title"),
        ("On which page is Table 2?", "file", "place"),
        ("Kata kuncinya apa saja?", "file", "keywords"),
        ("Summarise the paper", "part", "summary"),
        ("Ringkas makalah ini dalam dua kalimat", "part", "summary"),
        ("What is this study about?", "part", "about"),
        ("Apa tujuan penelitian ini?", "part", "aim"),
        ("Metodenya apa?", "part", "method"),
        ("Summarise the method.", "part", "method"),
        ("Rangkum kesimpulannya", "part", "conclusion"),
        ("Give me a summary of the vaccines", "fact", ""),
        ("How was this study carried out?", "part", "method"),
        ("Bagaimana penelitian ini dilakukan?", "part", "method"),
        ("How were the data collected?", "part", "method"),
        ("How was the structural analysis of the gene done?", "manner", ""),
        ("Bagaimana vaksinasi massal di desa dilakukan?", "manner", ""),
        ("What do the authors conclude?", "part", "conclusion"),
        ("Apa keterbatasan penelitian ini?", "part", "limitations"),
        ("Ringkas bagian Diplomasi Vaksin", "part", "section"),
        ("What do the authors recommend for the provinces?", "part", "recommendations"),
        ("What future research is needed?", "part", "further_research"),
        ("Apa saran penulis untuk penelitian selanjutnya?", "part", "further_research"),
        ("Why do the authors recommend closing the border?", "reason", ""),
        ("Mengapa penulis menyarankan perbatasan ditutup?", "reason", ""),
        ("Who wrote the regulation on masks?", "fact", ""),
        ("How many pages does the ministry's report have?", "fact", ""),
        ("What is the aim of the vaccination programme?", "fact", ""),
        ("What are the limitations of local budgets?", "list", ""),
    ],
)
def test_what_is_asked_about_the_document_and_its_parts(text: str, kind: str, topic: str) -> None:
    assert kinds(take(text, None)) == (kind, topic)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("When did it open?", "date"),
        ("kpn dibuka?", "date"),
        ("Tanggal berapa diresmikan?", "date"),
        ("How many masks were sent?", "number"),
        ("brp masker yg dikirim?", "number"),
        ("Who asked for it?", "person"),
        ("Di kota mana diresmikan?", "place"),
        ("Berapa harga satu masker?", "money"),
        ("Biaya sewa gedung berapa?", "money"),
        ("What was the cost of the masks?", "money"),
        ("Berapa persen biaya yang ditanggung?", "number"),
        ("Biaya sewa gedung siapa yang menanggung?", "person"),
        ("Harga patokan ini buat pasar apa?", None),
        ("What did WHO declare?", None),
        ("How did people cope when it spread?", None),
    ],
)
def test_what_the_words_that_answer_have_to_be(text: str, expected: str | None) -> None:
    assert take(text, None).expected == expected


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        ("Is it true that masks were sent?", "masks were sent"),
        ("True or false: masks were sent.", "masks were sent"),
        ("Masks were sent, right?", "Masks were sent"),
        ("Benarkah masker dikirim?", "masker dikirim"),
        ("Masker dikirim, betul?", "Masker dikirim"),
        ("Does the paper say that masks were sent?", "masks were sent"),
    ],
)
def test_a_claim_is_searched_without_the_words_around_it(text: str, claim: str) -> None:
    question = take(text, None)
    assert (question.searched, question.is_framed) == (claim, True)


def test_a_yes_or_no_question_is_a_claim_without_a_frame() -> None:
    question = take("Did Sichuan send masks?", None)
    assert (question.kind, question.searched, question.is_framed) == ("claim", "Did Sichuan send masks?", False)


@pytest.mark.parametrize(
    ("text", "parts"),
    [
        ("When was it signed, and where?", ["When was it signed", "where (it signed)?"]),
        ("Siapa penulisnya dan berapa halamannya?", ["Siapa penulisnya", "berapa halamannya?"]),
        ("What is BNPB? Who leads it?", ["What is BNPB?", "Who leads it (BNPB)?"]),
        ("Where and when was it found?", []),
        ("Who met the governor and the minister?", []),
    ],
)
def test_several_questions_at_once(text: str, parts: list[str]) -> None:
    assert [part.searched for part in take(text, None).parts] == parts


@pytest.mark.parametrize("text", ["thanks!", "who wrote it?", "kesimpulannya apa?", "Berapa halamannya?"])
def test_talk_and_questions_about_the_document_lean_on_nothing(text: str) -> None:
    assert not take(text, None, "How many masks did Sichuan send?").leans


def test_what_carries_on_wants_what_was_wanted_before() -> None:
    question = take("And with Japan?", None, "How many activities are there with China?")
    assert (question.leans, question.expected) == (True, "number")
    assert take("And when?", None, "How many masks were sent?").expected == "date"


@pytest.mark.parametrize(
    ("given", "said"),
    [("", "empty"), ("  ", "empty"), (None, "kosong"), (7, "bukan teks"), ("?!", "no words"), ("a " * 600, "too long")],
)
def test_what_cannot_be_asked(given: object, said: str) -> None:
    error = take(given, None if given is None or isinstance(given, int) else "en").error
    assert error is not None
    assert said in error


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("What do the authors conclude about the mayor?", "conclusion"),
        ("What does the section on wells say?", "section"),
        ("Apa isi bagian Sumur Tua?", "section"),
    ],
)
def test_one_matter_in_a_part_is_asked_of_that_part(text: str, topic: str) -> None:
    assert kinds(take(text, None)) == ("part", topic)


@pytest.mark.parametrize(
    ("text", "searched"),
    [
        ("hai min mau tanya dong, sumurnya di mana?", "sumurnya di mana?"),
        ("umm which wells are in use, quick answer pls", "which wells are in use"),
        ("Hello", "Hello"),
    ],
)
def test_politeness_is_no_part_of_a_question(text: str, searched: str) -> None:
    assert take(text, None).searched == searched


def test_a_claim_in_a_frame_leans_only_if_the_claim_does() -> None:
    before = "Which wells are in use?"
    assert not take("Is it true that Arden has twelve wells?", None, before).leans
    assert take("Is it true that they are old?", None, before).leans


def test_a_keyword_leans_on_a_question_but_not_on_another_keyword() -> None:
    assert understand("masks", "en", "masker").understood_as == "masks"
    assert understand("Japan?", "en", "How many masks came from China?").understood_as != "Japan?"
