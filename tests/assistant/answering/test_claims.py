"""Claims, and what questions take for granted, are held against the paper: it says so, otherwise, or not at all."""

from __future__ import annotations

import pytest

from assistant import Assistant
from assistant.wording import say
from corpus import read_paper


@pytest.mark.parametrize(
    "question",
    [
        "Is it true that Wuhan was closed from January to June 2020?",
        "Benarkah MoU ditandatangani pada bulan Mei 2016?",
        "Betulkah tingkat pengangguran AS bulan Maret 4,4%?",
        "Benarkah Inggris punya 8 kegiatan dengan Jawa Barat?",
        "Korea Selatan mitra dengan kegiatan paling sedikit, benar?",
    ],
)
def test_a_true_claim_is_borne_out(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "answered"
    assert (answer.short or "").startswith(("Yes", "Ya"))
    assert answer.derived_from
    assert answer.quoted


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Is it true that Wuhan was closed from March to June 2020?", "January"),
        ("Benarkah COVID-19 pertama kali ditemukan di Beijing?", "Wuhan"),
        ("West Java accounted for 35 percent of national cases, correct?", "17%"),
        ("Japan has the fewest activities, true?", "South Korea"),
        ("Is it true that Pfizer comes from China?", "US"),
        ("Benarkah program Sister School sudah terlaksana?", "Proses"),
        ("All 12 programmes with Sichuan have been implemented, right?", "In process"),
        ("Benarkah lockdown di Wuhan gagal?", "berhasil"),
    ],
)
def test_a_false_claim_is_corrected_with_what_the_paper_says(assistant: Assistant, question: str, says: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "corrected"
    assert says in (answer.short or "")
    assert answer.quoted


def test_a_plain_question_is_answered_with_what_the_paper_says(assistant: Assistant) -> None:
    answer = assistant.ask("Are all the regional heads skilled in diplomacy?")
    assert answer.status == "answered"
    assert "not all" in (answer.short or "")


@pytest.mark.parametrize(
    "question",
    [
        "Is it true that Indonesia obtained the Moderna vaccine?",
        "Benarkah gubernur Sichuan berkunjung ke Bandung pada 2019?",
        "Is Ridwan Kamil married?",
        "Apakah Pikobar tersedia untuk iPhone?",
        "Did the number of tourists increase after the arts promotion with Sichuan?",
        "Was social aid in West Java stolen?",
        "Apakah Ridwan Kamil pernah ke Sichuan?",
    ],
)
def test_what_the_paper_does_not_say_is_neither(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "not_in_paper"
    assert answer.short is None


@pytest.mark.parametrize(
    ("question", "says"),
    [
        ("Kenapa MoU dengan Sichuan ditandatangani di Surabaya?", "Bandung"),
        ("When was the MoU with Sichuan signed in Jakarta?", "Bandung"),
        ("Why did the PRC fail to tackle the pandemic?", "success"),
        ("How did Indonesia get AstraZeneca from Germany?", "UK"),
        ("Mengapa Belgia menjadi mitra dengan kegiatan paling sedikit?", "Korea Selatan"),
    ],
)
def test_a_false_premise_is_corrected(assistant: Assistant, question: str, says: str) -> None:
    answer = assistant.ask(question)
    assert answer.status == "corrected"
    assert says in (answer.short or "")


@pytest.mark.parametrize(
    "question",
    [
        "Why was Wuhan closed?",
        "Mengapa tidak semua daerah menjalankan paradiplomasi?",
        "Why is the paradiplomacy with Sichuan in line with Indonesian foreign policy?",
        "Kapan MoU ditandatangani?",
    ],
)
def test_a_true_premise_is_answered(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "answered"


def test_an_abbreviation_after_its_words_is_not_another_name(assistant: Assistant) -> None:
    text = "Wells\n\nThe Corby Water Board (CWB) and the Stoke Mill Trust (SMT) closed wells because of the flood.\n"
    answer = assistant.over(read_paper("wells.txt", text.encode())).ask("Why did the CWB and the SMT close the wells?")
    assert (answer.status, answer.short) == ("answered", "because of the flood")


@pytest.mark.parametrize("question", ["Did Japan donate masks?", "Apakah Jepang menyumbang masker?"])
def test_what_is_said_of_others_answers_no_plain_question(assistant: Assistant, question: str) -> None:
    assert assistant.ask(question).status == "not_in_paper"
    assert "20,000" in assistant.ask("Did Sichuan donate masks?").text


@pytest.mark.parametrize("question", ["Was the cooperation successful?", "Apakah kerja samanya berhasil?"])
def test_what_is_said_of_one_is_not_said_of_all(assistant: Assistant, question: str) -> None:
    answer = assistant.ask(question)
    assert (answer.status, answer.derived_from) == ("answered", None)
    assert assistant.ask("Is it true that paradiplomacy is rare?").short == say("claim_true", "en")


def test_names_alone_do_not_confirm_a_word_that_the_paper_nowhere_has(assistant: Assistant) -> None:
    assert assistant.ask("Did Sichuan send ventilators to West Java?").short is None
    assert assistant.ask("Did Sichuan donate masks to West Java?").short == say("claim_true", "en")


@pytest.mark.parametrize(
    "question",
    [
        "Apakah kunjungan wisatawan naik setelah promosi seni budaya dengan Sichuan?",
        "was any of west javas social aid stolen?",
        "Is there also a Sichuan Corner in Bandung?",
    ],
)
def test_what_is_known_to_be_left_open_is_not_confirmed_by_its_words(assistant: Assistant, question: str) -> None:
    left_open = [known for known in assistant.paper.annotations.questions if not known.sentences]
    assert any(question in known.text.values() for known in left_open)
    assert assistant.ask(question).status == "not_in_paper"


def test_a_value_that_is_read_confirms_a_plain_question(assistant: Assistant) -> None:
    assert assistant.ask("Was the MoU signed in 2016?").short == say("claim_true", "en")
