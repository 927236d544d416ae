"""The boxes of a quote on a page of recognised text: they lie on its ink."""

from __future__ import annotations

from corpus import read_paper
from page.drawing.quote_places import recognised_boxes
from tests.corpus.pdf.scan_maker import TEXT, needs_recognition, printed, scan, spoiled


@needs_recognition
def test_a_quote_is_boxed_line_by_line() -> None:
    picture = spoiled(printed(TEXT))
    paper = read_paper("x.pdf", scan([picture]))
    boxes = recognised_boxes(paper.recognised, "oleh kedua wali kota. Sejak saat itu", [1])
    assert len(boxes[1]) in (1, 2)
    for sentence in paper.sentences:
        for box in recognised_boxes(paper.recognised, sentence.text, [1])[1]:
            left, top = round(box.left * picture.width), round(box.top * picture.height)
            right, bottom = left + round(box.width * picture.width), top + round(box.height * picture.height)
            part = picture.crop((left, top, right, bottom))
            assert 0.03 < sum(part.histogram()[:110]) / (part.width * part.height) < 0.5
    assert recognised_boxes(paper.recognised, "Sejak saat kemarin", [1]) == {}
    assert recognised_boxes(paper.recognised, "pada", [2]) == {}
