from __future__ import annotations

import pytest

from assistant.author_name import author_name


@pytest.mark.parametrize(
    ("author", "inverted", "with_initials"),
    [
        ("Siti Nur Aminah", "Aminah, Siti Nur", "Aminah, S. N."),
        ("Aminah, Siti  Nur", "Aminah, Siti Nur", "Aminah, S. N."),
        ("A. Author", "Author, A.", "Author, A."),
        ("J.R.R. Tolkien", "Tolkien, J.R.R.", "Tolkien, J. R. R."),
        ("Jean-Paul Sartre", "Sartre, Jean-Paul", "Sartre, J.-P."),
        ("Simone de Beauvoir", "de Beauvoir, Simone", "de Beauvoir, S."),
        ("Jan van der Berg", "van der Berg, Jan", "van der Berg, J."),
        ("van der Berg, Jan", "van der Berg, Jan", "van der Berg, J."),
        ("siti aminah", "aminah, siti", "aminah, S."),
        ("Ólafur Þór Ágústsson", "Ágústsson, Ólafur Þór", "Ágústsson, Ó. Þ."),
        ("Dan Brown", "Brown, Dan", "Brown, D."),
        ("Tim Berners-Lee", "Berners-Lee, Tim", "Berners-Lee, T."),
    ],
)
def test_a_person_s_name_is_split_as_bibtex_does(author: str, inverted: str, with_initials: str) -> None:
    name = author_name(author)
    assert (name.inverted, name.with_initials) == (inverted, with_initials)


@pytest.mark.parametrize(
    "author",
    [
        "Budi",
        "World Health Organization",
        "Kementerian Kesehatan Republik Indonesia",
        "Universitas Pasundan",
        "Sons and Daughters",
        "Johnson & Johnson",
        "Siti Aminah, M.Si.",
        "Siti Aminah, Budi Santoso",
        "Aminah, Siti, Budi",
        "Aminah,",
        ", Siti",
        "*",
        "",
    ],
)
def test_what_cannot_be_split_for_certain_stays_whole(author: str) -> None:
    name = author_name(author)
    assert (name.inverted, name.with_initials, name.given) == (author, author, "")
