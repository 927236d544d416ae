from __future__ import annotations

from corpus import KnownQuestion
from index import PaperIndex
from index.spelling import as_searched
from training.own_questions import elsewhere_examples, held_out_sentences, is_held_out, own_examples


def test_a_fifth_of_the_sentences_is_held_out(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    held_out = held_out_sentences(paper)
    assert abs(len(held_out) - len(paper.sentences) / 5) < 1
    about = [question for question in paper.annotations.questions if is_held_out(question, held_out)]
    assert 0.15 < len(about) / len(paper.annotations.questions) < 0.4
    assert any(question.sentences for question in about)
    assert not all(question.sentences for question in about)


def has_short_forms(index: PaperIndex, question: KnownQuestion) -> bool:
    return any(as_searched(text, of, index.glossary) != text for of, text in question.text.items())


def test_examples_answer_where_the_question_is_answered_and_nowhere_else(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    plain = (
        q for q in paper.annotations.questions if q.sentences and q.answer["id"] and not has_short_forms(paper_index, q)
    )
    answered = next(plain)
    left_open = next(q for q in paper.annotations.questions if not q.sentences)
    examples = own_examples(paper_index, [answered, left_open], seed=1)
    own = [example for example in examples if example.question in answered.text.values()]
    positive = [example for example in own if example.is_answered]
    assert {answered.text["id"], answered.text["en"]} <= {example.question for example in own}
    answers = {example.window[example.start : example.end] for example in positive if example.start is not None}
    assert answers & set(answered.answer.values())
    assert any(not example.is_answered for example in own)
    assert not any(example.is_answered for example in examples if example.question in left_open.text.values())
    texts = [text for sentence in answered.sentences for text in paper.texts(sentence).values()]
    assert not any(text in example.window for example in own if not example.is_answered for text in texts)


def test_windows_of_held_out_sentences_are_left_out(paper_index: PaperIndex) -> None:
    paper = paper_index.paper
    held_out = held_out_sentences(paper)
    trained = [question for question in paper.annotations.questions if not is_held_out(question, held_out)][::40]
    examples = own_examples(paper_index, trained, seed=1, without=held_out)
    texts = [text for s in held_out for text in paper.texts(s).values() if paper.sentences[s].kind == "text"]
    assert not any(text in example.window for example in examples if not example.is_answered for text in texts)


def test_the_same_seed_gives_the_same_examples(paper_index: PaperIndex) -> None:
    some = paper_index.paper.annotations.questions[:5]
    assert own_examples(paper_index, some, seed=1) == own_examples(paper_index, some, seed=1)


def test_a_question_about_something_else_is_answered_nowhere(paper_index: PaperIndex) -> None:
    examples = elsewhere_examples(paper_index, [("Who founded Normandy?", "en"), ("Siapa pendiri Kroasia?", "id")])
    assert [example.is_answered for example in examples] == [False] * 4
