"""How people ask about tables, in Indonesian and English: states, the most, the sum, and what is counted.

Patterns are matched against a question in small letters with chat spelling written out.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from assistant.asking_words import whole_words
from corpus.structure.labels import is_table
from corpus.word_sets import word_set

State = Literal["done", "open"]
"""The state of a thing: finished or not."""

_DONE = (
    r"done|finished|carried out|completed?|implemented|realised|realized|executed|conducted|accomplished|achieved|"
    r"concluded|over with|selesai|terlaksana|tuntas|rampung|dilaksanakan|terwujud|terealisasi|direalisasikan|kelar|"
    r"beres|sudah (?:jalan|berjalan|dilakukan)|happened already|already (?:happened|taken place|running its course)|"
    r"taken place"
)
_OPEN = (
    r"unfinished|incomplete|pending|ongoing|on-going|underway|under way|in progress|(?:in )?process|outstanding|proses|"
    r"berlangsung|berproses|diproses|tertunda|going on|still (?:running|going|open|waiting)|in the works|"
    r"work in progress|(?:masih|sedang|lagi) (?:jalan|berjalan|dikerjakan|dilakukan)"
)
_NOT = r"not|never|n't|belum|tidak|bukan|yet to be|have yet to|has yet to"

STATES: Final[dict[State, re.Pattern[str]]] = {"done": whole_words(_DONE), "open": whole_words(_OPEN)}
DENIED: Final = re.compile(rf"(?:\b|(?<=n't)|(?<=[a-z]))(?:{_NOT})(?: \w+){{0,2}}? (?:{_DONE}|{_OPEN})\b")
LEFT: Final = whole_words("belum|not yet|still|masih|remain(?:s|ing)?|left|sisa(?:nya)?")
"""Words that mean "not done" if no other word gives a state."""
ALREADY: Final = whole_words("sudah|telah|already")

HOW_FAR: Final = whole_words(
    r"status(?:nya|es)?|progress(?:nya)?|stage|how far(?: along)?|sampai (?:di ?)?mana|sejauh mana|"
    r"perkembangan(?:nya)?|tahap(?:nya)?(?: apa)?|state of"
)

MOST: Final = re.compile(
    r"\b(?:(?<!at )(?<!mostly )most|terbanyak|(?:paling|yang) (?:banyak|besar|tinggi|sering)(?=\W|$)|largest|biggest|"
    r"highest|greatest|tertinggi|terbesar|maximum|maksimum|top|leads)\b(?! of\b)"
)
FEWEST: Final = whole_words(
    r"fewest|(?<!at )least|lowest|smallest|tersedikit|terkecil|terendah|(?:paling|yang) (?:sedikit|kecil|rendah)|"
    r"minimum"
)
SECOND: Final = whole_words("second|runner[- ]up|kedua|nomor dua|peringkat (?:dua|2|ke-?2)")
SUM: Final = re.compile(
    r"\b(?:total(?:nya|s|ing)?|plus|sum(?:med)?|add(?:ed)?(?: up| together)?|together|combined|altogether|in all|"
    r"overall|ditambah(?:kan)?|dijumlah(?:kan)?|jumlahkan|digabung(?:kan)?|gabungan|(?:ke)?seluruh(?:an)?(?:nya)?|"
    r"semua(?:nya)?)\b|(?<=\w) \+ (?=\w)"
)
EVERY: Final = whole_words(
    r"total(?:nya)?|all|altogether|overall|together|combined|(?:ke)?seluruh(?:an)?(?:nya)?|semua(?:nya)?|every"
)

AT_LEAST: Final = whole_words("at least|minimal|paling sedikit|setidaknya|sedikitnya|paling tidak")
AT_MOST: Final = whole_words("at most|maksimal|paling banyak|up to|no more than")
MORE: Final = whole_words(
    r"more|lebih(?: dari| banyak| besar| tinggi)?|over|above|di ?atas|higher|larger|bigger|greater|exceed\w*"
)
FEWER: Final = whole_words(
    r"fewer|less|kurang(?: dari)?|under|below|di ?bawah|lower|smaller|lebih (?:sedikit|kecil|rendah)"
)
DIFFERENCE: Final = whole_words(
    r"difference|gap|selisih(?:nya)?|beda(?:nya)?|perbedaan(?:nya)?|how many more|how much more|berapa lebih"
)

_NUMBER = r"(?:no\.? |nomor )?(?P<number>[a-z]?\.?\d+(?:\.\d+)*|[ivx]+\b)"
TABLE: Final = re.compile(rf"\b(?:table|tabel)(?:nya)?(?: {_NUMBER})?")
LABEL: Final = re.compile(rf"\b(?P<what>table|tabel|figure|fig\.?|gambar|grafik|bagan|diagram|chart)(?:nya)? {_NUMBER}")
_CAPTION: Final = re.compile(r"(?P<what>\w+)\.? (?P<number>[\w.]*\d|[IVX]+)")
SOURCE: Final = whole_words(
    r"sumber(?:nya)?|sources?|(?:taken|drawn|come|comes|came) from|where (?:does|do|did|is|are|was|were) .* from|"
    r"(?:berasal|diambil|didapat|diperoleh|data(?:nya)?) dari|dari mana"
)
NUMBERED: Final = re.compile(
    r"\b(?:numbers?|no\.?|nomor|nomer|row|baris|item|entry|urutan|ke|program(?:me)?)[\s-]?(?P<number>\d{1,3})\b|"
    r"\b(?P<ordinal>\d{1,3})(?:st|nd|rd|th)\b"
)
_ORDINALS = (
    "first|pertama", "second|kedua", "third|ketiga", "fourth|keempat", "fifth|kelima",
    "sixth|keenam", "seventh|ketujuh", "eighth|kedelapan", "ninth|kesembilan", "tenth|kesepuluh",
)  # fmt: skip
PLACES: Final = {
    **{nth: re.compile(rf"\b(?:{words})\b(?! belas)") for nth, words in enumerate(_ORDINALS)},
    -1: whole_words("last|terakhir"),
}
"""Words that name rows, the first ten and the last, by index."""
HOW_MANY: Final = whole_words(
    r"how many|number of|count of|count the|(?<!nomor )(?<!tahun )(?<!tanggal )(?<!halaman )berapa(?: banyak)?|jumlah|"
    r"banyaknya|hitung"
)
WHICH: Final = whole_words(
    r"which|what|who|list|name|show|give|mana|apa|siapa|sebutkan|sebutin|tunjukkan|tampilkan|daftar|isi(?:nya)?|"
    r"contents?"
)
PHRASE_ENDS: Final = re.compile(
    r"\b(?:have|has|had|are|is|am|be|been|does|do|did|were|was|will|can|there|yang|di|in|on|with|from|for|by|dengan|"
    r"dalam|dari|pada|untuk|sudah|belum|telah|masih|ada|adalah|itu|still)\b|[?,;:]"
)
"""Words after those that name what is counted ("how many programmes | have ...")."""

CLASSES: Final = (
    word_set("partner partners mitra country countries negara nation nations counterpart counterparts rekan"),
    word_set("field fields bidang sector sectors sektor area areas aspek aspect aspects"),
    word_set("programme programmes program programs kerjasama cooperation project projects proyek scheme schemes"),
    word_set("forecast forecasts prediction predictions predicted ramalan prediksi diprediksi proyeksi estimate"),
    word_set("region regions daerah wilayah province provinces provinsi city cities kota kabupaten regency regencies"),
    word_set("person people orang name names nama"),
    word_set("group groups kelompok category categories kategori type types jenis"),
)
"""Words for the kind of a table's rows. Those of a group are synonyms."""

IGNORED: Final = word_set(
    """
    table tables tabel tabelnya row rows baris column kolom listed lists listing entry entries item items according
    number numbers nomor nomer jumlahnya count counted total totalnya sum plus added add together combined altogether
    whole entire overall dijumlah dijumlahkan ditambah ditambahkan digabung digabungkan gabungan keseluruhan seluruh
    seluruhnya semuanya status statusnya progress progressnya stage far along perkembangan perkembangannya tahap state
    states fewest least largest biggest highest smallest lowest greatest top terbanyak tersedikit terkecil terbesar
    tertinggi terendah sedikit kecil tinggi rendah second kedua runner exactly precisely tepat persis fewer kurang above
    below higher lower larger smaller bigger difference gap selisih selisihnya beda bedanya perbedaan compare compared
    comparison versus vs bandingkan dibandingkan perbandingan sebutin daftar isi isinya berisi contents contain contains
    contained shows shown disebut disebutkan tercantum terdaftar tertera dimuat memuat tercatat recorded reported
    makalah artikel article study penelitian tolong tunjukkan tampilkan perlihatkan memiliki
    held yet already finished carried complete completed
    implemented process ongoing proses selesai terlaksana tuntas rampung berjalan jalan dilaksanakan dilakukan
    unfinished incomplete pending underway way realised realized executed conducted accomplished achieved taken place
    going running works work finish source sources sumber sumbernya berasal diambil data come comes came drawn joint
    joined respective masing equal tie current currently now exact terealisasi beres kelar kira said run runs hold holds
    share shares sharing menjalin dijalin jalin menjalankan dijalankan jalankan melakukan lakukan mengadakan diadakan
    adakan digelar ones last pertama terakhir third fourth fifth sixth seventh eighth ninth tenth ketiga keempat kelima
    keenam ketujuh kedelapan kesembilan kesepuluh
    """
)
"""Words of the question's form, which are not about its matter."""


def table_or_figure(label: re.Match[str]) -> tuple[bool, str]:
    """Return whether a `LABEL` is that of a table, and its number. All others are those of figures."""
    return is_table(label), label["number"].casefold().rstrip(".")


def label_of_caption(caption: str) -> tuple[bool, str] | None:
    """Return what `table_or_figure` returns, for the label that a caption begins with; None if it has none."""
    found = _CAPTION.match(caption)
    return table_or_figure(found) if found else None
