"""How people ask, in Indonesian and English: the words that show what a question asks for.

Patterns are matched against a question in small letters, with chat spelling written out.
"""

from __future__ import annotations

import re
from typing import Final, Literal

from corpus import SMALL_WORDS
from corpus.word_sets import word_set

_COUNTS = ("one two three four five six seven eight nine", "satu dua tiga empat lima enam tujuh delapan sembilan")
COUNTS: Final = {word: number for words in _COUNTS for number, word in enumerate(words.split(), 1)}
"""The numbers that questions write as words."""


def whole_words(*alternatives: str) -> re.Pattern[str]:
    """Compile alternatives to a pattern of whole words, in small or capital letters."""
    return re.compile(rf"\b(?:{'|'.join(alternatives)})\b", re.IGNORECASE)


PAPER: Final = whole_words(
    r"(?:this|the|your|that|whole) (?:whole |entire )?(?:paper|article|study|research|document|journal|pdf|file|text)|"
    r"(?:seluruh )?(?:makalah|artikel|penelitian|riset|studi|kajian|dokumen|jurnal|tulisan|naskah|paper|pdf|"
    r"file)(?: (?:ini|itu|tersebut)|nya)|(?:makalah|artikel|penelitian|riset|paper|article|study)"
)
"""Names of the document in questions."""

Expected = Literal["age", "date", "money", "number", "person", "place"]
"""What the answering words have to be."""

EXPECTED: Final[dict[Expected, re.Pattern[str]]] = {
    "age": whole_words(
        r"how old|(?:what|which) (?:\w+ ){0,3}age|berapa (?:umur|usia)(?:nya)?|(?:umur|usia)(?:nya)? berapa"
    ),
    "date": whole_words(
        r"kapan|(?:^|(?<=and )|(?<=since )|(?<=, )|(?<=or ))when|(?:on |in )?(?:what|which) (?:date|day|month|year)|"
        r"(?:tanggal|bulan|tahun|hari) (?:berapa|apa)|sejak kapan|since when"
    ),
    "money": whole_words(
        r"how much (?:\w+ ){0,8}(?:cost|costs|spend|spent|worth|pay|paid|price)|what (?:is|was|are|were) (?:\w+ ){0,3}"
        r"(?:cost|price|budget)s?|berapa (?!persen)(?:\w+ ){0,2}(?:biaya|harga|anggaran|rupiah|dolar|duit|uang)"
        r"(?:nya)?|(?:biaya|harga|anggaran)(?:nya)?(?: (?:\w+ ){0,6}berapa)?$"
    ),
    "number": whole_words(
        r"berapa|seberapa|how (?:many|much|far|large|big|high|tall|long|old|often)|persentase|"
        r"(?:what|which) (?:\w+ ){0,4}(?:share|percentage|percent|proportion|number|rate|ratio|figure|total|amount)"
    ),
    "person": whole_words(r"siapa|who|whom|whose|(?:which|what) (?:person|official|minister|author)"),
    "place": whole_words(
        r"(?:di|ke|dari) ?mana|(?:^|(?<=and )|(?<=from )|(?<=, ))where|(?:which|what) (?:city|country|province|place|"
        r"town)|(?:kota|negara|provinsi|daerah) (?:mana|apa)"
    ),
}
"""Words that ask for a kind of answering words. The first in a question counts."""

ITS: Final = whole_words(r"\w{3,}nya|its|their")
"""Words that point at the matter of the question before."""

# Words that ask for a reason, a manner, a list and so on.
_WHY = r"mengapa|kenapa|why|how come"
WHY: Final = whole_words(_WHY)
REASON: Final = whole_words(
    _WHY,
    r"what (?:\w+ ){0,2}(?:made|caused|causes|reasons?)|"
    r"apa (?:alasan|sebab|penyebab)(?:nya)?|(?:alasan|sebab|penyebab)(?:nya)? apa|for what reason|karena apa|"
    r"(?:buat|untuk) apa|what for|what is the reason",
)
MANNER: Final = whole_words(r"bagaimana|how|(?:dengan )?cara apa|in what way")
LIST: Final = whole_words(
    r"(?:apa|siapa|mana) (?:saja|aja)|sebutkan|sebutin|daftar|list|name (?:all|the|some)|what are|which are|what were|"
    r"(?:what|which|apa) (?:all|two|three|four|five|six|seven|eight|ten|twelve|dua|tiga|empat|lima|enam|tujuh|delapan|"
    r"\d+)"
)
COMPARISON: Final = whole_words(
    r"compare[ds]?|comparison|contrast|versus|vs|differ|differs|difference|differences|different from|bandingkan|"
    r"dibanding(?:kan)?|perbandingan|beda|bedanya|perbedaan|berbeda|(?:which|who) (?:\w+ ){0,2}(?:has|had|is|was|got|"
    r"gets|did) (?:the )?(?:more|fewer|less|higher|larger|bigger|lower)|lebih \w+ (?:yang )?mana|mana (?:yang )?lebih|"
    r"(?:more|fewer|less|higher|lower) \w+ .* (?:than|or)"
)
PLURAL: Final = re.compile(
    r"\b(?:what|which|apa|mana)\b(?: \w+){0,3} (?:\w{3,}s|are|were)\b|\b(?:apa|mana) saja\b", re.IGNORECASE
)
"""Words that ask for several things."""

CHOICE: Final = whole_words("or|atau")

NEXT_QUESTION: Final = re.compile(
    r"(?<=[?.;]) +(?=\w)|,? +(?:and|dan|serta|lalu|terus) +(?=(?:(?:in|on|from|by|to) )?(?:how|who|whose|what|when|"
    r"where|why|which|berapa|siapa|apa|kapan|di ?mana|kenapa|mengapa|bagaimana|gimana|\w+ (?:apa|mana|berapa))\b)|"
    r", +(?=(?:dan|and) \w+ (?:dikumpulkan|gimana|bagaimana))",
    re.IGNORECASE,
)
"""The beginning of a second question in one text."""

ASKING: Final = whole_words(
    r"how|who|whom|whose|what|when|where|why|which|berapa|siapa|apa|apakah|kapan|di ?mana|mana|kenapa|mengapa|"
    r"bagaimana|sebutkan|jelaskan|explain|describe|list|name|did|does|do|is|are|was|were"
)

_TALK_WORDS: Final = word_set(
    """
    hi hello hey hai halo hallo helo hola yo morning afternoon evening night good day greetings test tes testing ping ok
    oke okay okey sip siap yes no yep nope yup ya iya tidak bukan nice great cool perfect awesome mantap keren bagus
    thanks thank thx ty thankyou makasih terima kasih trims terimakasih nuhun bye goodbye dadah selamat pagi siang sore
    malam assalamualaikum wassalam permisi punten there all everyone bot tanya kak min gan bro sis mas mbak pak bu you
    banyak so much very a lot that's thats that helps help helpful for the your answer info jawabannya infonya
    bantuannya sangat membantu please tolong cheers lol haha hehe wow sorry maaf got it understood i see paham mengerti
    sudah deh dong lah atas sih kok nih ini itu
    """
)
ASSISTANT: Final = whole_words(
    r"(?:who|what) (?:are|r) (?:you|u)|what can (?:you|i|this) (?:do|ask|help.*)|what do you do|"
    r"how (?:does|do) (?:this|it|you) work|"
    r"how (?:can|should|do) i (?:use|ask)(?: (?:this|it|you|questions?))?|how (?:can|could) you help(?: me)?|"
    r"(?:can|could|may) i ask(?: you)?(?: (?:something|(?:a|some) questions?))?|"
    r"who (?:made|built|created) you|how are you|"
    r"(?:are you|is this) (?:an? )?(?:bot|ai|robot|human|person|chatgpt|real)|can you help(?: me)?|what is tanya|"
    r"(?:kamu|anda|kau) (?:ini |itu )?(?:siapa|apa|bot|robot|bisa (?:apa|ngapain|bantu|jawab).*)|"
    r"siapa(?:kah)? (?:kamu|anda|kau)|apa (?:yang |saja yang )?(?:bisa|dapat|boleh) (?:kamu|anda|saya|aku|ditanya).*|"
    r"(?:ini|kamu|anda) (?:itu )?(?:bot|robot|ai)|(?:bagaimana )?cara (?:pakai|pake|kerja|"
    r"menggunakan)(?:nya)?(?: (?:kamu|anda|ini))?|apa kabar(?:mu)?|bagaimana kabar(?:mu)?|"
    r"bisa (?:tolong )?(?:bantu|membantu|jawab)(?: (?:saya|aku))?(?: apa(?: saja)?)?|bisa apa(?: saja)?|"
    r"ada yang bisa (?:saya |aku )?(?:bantu|dibantu)|"
    r"(?:(?:boleh|bisa)(?: saya| aku)?|(?:saya |aku )?(?:mau|ingin)) (?:tanya|nanya|bertanya)(?: sesuatu)?"
)
THANKS: Final = whole_words(r"thanks?|thx|ty|thankyou|makasih|terima ?kasih|trims|nuhun|cheers")
GREETING: Final = whole_words(
    r"hi|hello|hey|hai|ha?l+o+|helo|hola|good (?:morning|afternoon|evening|day)|selamat (?:pagi|siang|sore|malam)|pagi|"
    r"assalamualaikum|permisi|punten|greetings|morning"
)

POLITE_START: Final = re.compile(
    r"^(?:(?:hai|halo|hi|hello|hey|permisi|punten|maaf|sorry|excuse me|min|kak|gan|bro|mas|mbak|pak|bu|u+m+|uh|eh|ok|"
    r"(?:mau|ingin|numpang|izin) (?:tanya|nanya|bertanya)|dong|like|please|pls|tolong|quick question)\b[\s,!.:]*)+",
    re.IGNORECASE,
)
POLITE_END: Final = re.compile(
    r"(?:[\s,]+(?:dong|deh|kak|min|gan|please|pls|plz|quick(?: answer)?|asap|thanks|thx|lol|for me|makasih|"
    r"terima kasih))+(?=\W*$)",
    re.IGNORECASE,
)
"""Polite words around a question, which are no part of it."""

FILE: Final[dict[str, re.Pattern[str]]] = {
    "affiliation": whole_words(r"universit\w+|institutions?|affiliat\w+|afiliasi\w*|kampus\w*|e-?mail\w*"),
    "place": whole_words(
        r"(?:page|halaman).* (?:table|figure|tabel|gambar|section|bagian|bab).*"
        r"|(?:table|figure|fig|tabel|gambar|section|bagian|bab)\b.* (?:page|halaman|where|di ?mana).*"
    ),
    "doi": whole_words(r"doi(?:nya)?|issn|isbn"),
    "title": whole_words(r"titles?|titled|judul(?:nya)?|berjudul"),
    "published": whole_words(
        r"published|publication|publisher|di?terbit(?:kan)?(?:nya)?|terbit|dipublikasi\w*|penerbit(?:nya)?|(?:what|"
        r"which) journal|jurnal apa|"
        r"when was (?:it|the paper|this paper|the article|this article) written|kapan (?:ini |paper ini )?ditulis"
    ),
    "references": whole_words(
        r"bibliography|reference list|references|citations|(?:daftar pustaka|(?:daftar )?(?:rujukan|referensi))(?:nya)?"
    ),
    "keywords": whole_words(r"keywords?|key words?|kata kunci(?:nya)?"),
    "abstract": whole_words(r"(?:does|is|are|has|do|apakah|ada|adakah).* (?:abstracts?|abstrak(?:nya)?).*"),
    "figures": whole_words(
        r"(?:how many|berapa|jumlah) (?:banyak )?(?:figures?|images?|pictures?|charts?|gambar|grafik)(?:nya)?"
    ),
    "tables": whole_words(r"(?:how many|berapa|jumlah) (?:banyak )?(?:tables?|tabel)(?:nya)?"),
    "pages": whole_words(r"pages?|page count|halaman(?:nya)?|how long|panjang(?:nya)?"),
    "sections": whole_words(
        r"sections?|chapters?|headings?|subheadings?|outline|structured?|table of contents|bagian(?:nya)?|bab(?:nya)?|"
        r"subbab|daftar isi(?:nya)?|struktur(?:nya)?"
    ),
    "language": whole_words(r"(?:what|which) languages?|bahasa(?:nya)? apa|(?:written|ditulis) (?:in|dalam|pakai)"),
    "authors": whole_words(
        r"authors?|writers?|who (?:wrote|authored)|(?:penulis|pengarang|(?:yang )?(?:menulis|nulis))(?:nya)?"
    ),
}
"""Words for facts about the document itself, by topic. The first that matches counts."""

PARTS: Final[dict[str, re.Pattern[str]]] = {
    "limitations": whole_words(
        r"limitations?|weakness(?:es)?|shortcomings?|drawbacks?|(?:keterbatasan|kelemahan|kekurangan)(?:nya)?"
    ),
    "further_research": whole_words(
        r"(?:further|future|follow-?up) (?:research|studies|study|work)|"
        r"(?:penelitian|riset|studi) (?:selanjutnya|lanjutan|lebih lanjut|berikutnya|mendatang|ke depan)|"
        r"peneliti (?:selanjutnya|berikutnya)"
    ),
    "recommendations": whole_words(
        r"recommend(?:s|ed|ations?)?|suggest(?:s|ed|ions?)?|advice|(?:saran|rekomendasi)(?:nya)?|menyarankan|disarankan"
    ),
    "aim": whole_words(
        r"aims?|goals?|objectives?|purposes?|research questions?|(?:trying|set out|seeks?|tries) to|what question|"
        r"(?:tujuan|rumusan masalah|pertanyaan penelitian)(?:nya)?|maksud|yang dikaji|yang diteliti|"
        r"(?:mau|ingin|hendak) (?:diteliti|dikaji|dijawab|dicapai)"
    ),
    "method": whole_words(
        r"methods?|methodology|methodological|approach|research design|(?:metode|metodologi)(?:nya)?|qualitative|"
        r"quantitative|kualitatif|kuantitatif|primary data|secondary data|data primer|data sekunder|"
        r"data(?:\s+\w+){0,2}\s+(?:collect\w*|gather\w*|dikumpulkan|kumpul\w*|diperoleh)|(?:collect|gather)\w* .*data|"
        r"(?:mengumpulkan|pengumpulan) data|how (?:was|is|were)(?:\s+(?:the|this|it|research|study|analysis|work))*\s+"
        r"(?:done|conducted|carried out|performed)|"
        r"bagaimana(?:\s+(?:cara|proses|penelitian|riset|studi|kajian|analisis|ini|itu))*\s+(?:dilakukan|dilaksanakan)"
    ),
    "conclusion": whole_words(
        r"conclusions?|conclude[sd]?|concluding|in the end|kesimpulan(?:nya)?|simpulan(?:nya)?|menyimpulkan|"
        r"disimpulkan|penutup(?:nya)?|take ?aways?"
    ),
    "results": whole_words(
        r"results?|(?:main |key )?findings?|hasil(?:nya)?|temuan(?:nya)?|(?:did|does) .*(?:find|found|discover)|"
        r"(?:yang )?ditemukan|menemukan"
    ),
    "summary": whole_words(
        r"summar\w+|sum up|tl ?;? ?dr|abstract|overview|gist|in (?:short|brief|a nutshell)|key points?|"
        r"ringkas\w*|rangkum\w*|abstrak|intisari|garis besar(?:nya)?|singkat(?:nya)?|gambaran umum"
    ),
    "about": whole_words(
        r"(?:all |mainly )?about|main (?:point|idea|message|topic|theme)s?|topics?|subjects?|themes?|discuss(?:es|ed)?|"
        r"deals? with|cover[sd]?|(?:inti|topik|tema|isi|pokok)(?:nya)?|membahas|dibahas|bahas|tentang"
    ),
}
"""Words for parts that nearly every paper has, by topic. The first that matches counts."""

PART_NAMES: Final[dict[str, re.Pattern[str]]] = {
    "summary": whole_words(r"abstract|abstrak"),
    "method": whole_words(
        r"methods?|methodology|metode(?:nya)?|metodologi(?:nya)?|kualitatif|kuantitatif|qualitative|quantitative|"
        r"data (?:primer|primary|collected|dikumpulkan)|.*(?:primer|primary) .*data.*|.*data .*dikumpulkan.*"
    ),
    "conclusion": whole_words(
        r"conclusions?|concludes?|concluding|closing (?:lines?|remarks|part|section)|kesimpulan(?:nya)?|"
        r"simpulan(?:nya)?|menyimpulkan|disimpulkan|penutup|saran|recommend\w*|menyarankan|disarankan"
    ),
}
"""Words that name the part in which the answer is sought."""

SAID_ABOUT: Final = re.compile(
    r"(?:what (?:does|do|did) (?:the |this )?(?:paper|article|study|authors?|text|it) (?:say|write|state|"
    r"mention)(?:s)? (?:about|on|of)|what is (?:said|written) (?:about|on)|tell me about|ceritakan (?:tentang|soal)|"
    r"apa (?:saja )?(?:yang )?(?:dikatakan|disebut(?:kan)?|ditulis|dibahas)(?: \w+){0,3} (?:tentang|soal|mengenai)) "
    r"(?P<matter>.+)",
    re.IGNORECASE,
)
"""Questions for whatever the paper says about a matter."""

IN_PART: Final = re.compile(
    r"\b(?:in|di|dalam|pada|menurut|according to)(?: the| its)?(?: bagian)? (?P<part>abstract|abstrak|conclusions?|"
    r"kesimpulan|simpulan|penutup|methods?(?: section)?|metode|introduction|pendahuluan|discussion|"
    r"pembahasan)(?:nya)?\b|\bthe (?P<part1>abstract|conclusion|introduction) (?:say|mention|state)"
)
"""Words that limit a question to a part."""

OF_AUTHORS: Final = whole_words(
    r"(?:authors?|researchers?|writers?|paper|study|article|research|penulis|peneliti|makalah|paper|artikel|"
    r"penelitian|riset|studi)(?:nya)?"
)
"""Words for the paper and its authors, whose aims and recommendations are asked for."""

SECTION: Final = whole_words(r"sections?|parts?|chapters?|bagian|bab|subbab")
IN_SHORT: Final = whole_words(
    r"what does .* (?:say|cover|discuss)|what is .* about|isi(?:nya)?|membahas|summar\w+|sum up|gist|overview|"
    r"main points?|key points?|ringkas\w*|rangkum\w*|inti(?:nya)?|intisari|singkat(?:nya)?"
)

CLAIMS: Final = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        r"(?:is|was) it (?:really |actually )?(?:true|correct|right|the case|so)(?: that|,|:)? (?P<claim>.+)",
        r"(?:true or false|right or wrong|fact check|benar atau (?:salah|tidak)|betul atau tidak)\W+(?P<claim>.+)",
        r"(?:does|did|do) (?:the )?(?:paper|article|study|authors?|text|it) (?:really |actually )?(?:say|claim|state|"
        r"mention|report|argue)(?:s)?(?: that)? (?P<claim>.+)",
        r"(?:apakah |apa )?(?:benar|betul|bener)(?:kah)?(?: ?(?:tidak|gak|kah))?(?: bahwa| kalau| jika|,|"
        r":)? (?P<claim>.+)",
        r"(?P<claim>.+?)(?:,|\.|;| -)? (?:right|correct|true|is that right|is that correct|is that true|isn't it|"
        r"aren't they|is this true|is this correct|true or false|yes or no)",
        r"(?P<claim>.+?)(?:,|\.|;| -)? (?:benar|betul|bener)(?:kah)?(?: ?(?:kan|tidak|gak|bukan))?",
        r"(?P<claim>.+?), (?:kan|bukan|ya kan|iya kan)",
        r"(?!.*\b(?:apa\w*|siapa\w*|kapan|kpn|berapa|brp|(?:di|ke|dari)? ?mana\w*|bagaimana|gimana|gmn|mengapa|"
        r"kenapa|knp)\b)(?!.*\b(?:belum|belom|blm|tidak|nggak|gak|ga),? (?:ya|yah|iya)$)"
        r"(?P<claim>.+?),? (?:ya|yah|iya)",
    )
)
"""Whole questions that frame a claim to be checked."""

YES_OR_NO: Final = re.compile(
    r"(?:(?:did|does|do|is|are|was|were|has|have|had|can|could|will|would|should)(?:n't)?|apakah|adakah|pernahkah|"
    r"sudahkah|bisakah|haruskah|mungkinkah|apa (?:sudah|pernah|ada|memang|bisa|boleh|mungkin|semua)) (?=\w)"
)

_GENERIC: Final = word_set(
    """
    aim aims anything argue argues argument cover covered covers deal deals discuss discussed discusses even examine
    examines find finds focus goal goals idea investigate mention mentions message objective objectives point points
    purpose question questions report result results said subject topic topics uses author authors writer writers
    researcher researchers papers article study research document journal pdf file text page pages section sections
    chapter chapters part parts whole entire written write wrote names come comes contain contains include includes
    available number total title publish published answer trying read haven't havent max words sentence sentences three
    four five six brief briefly short walk quick full end overall general really actually exactly english indonesian
    bahasa inggris indonesia language languages type sort data collected collect gather gathered primary secondary
    qualitative quantitative approach bahas bahasan dibahas digunakan dipakai disebut disebutkan disinggung fokus garis
    inti isi isinya judulnya membahas membicarakan meneliti menyebut menyebutkan menyinggung pembahasan pokok singkat
    sebenarnya singkatnya temuan tema topik topiknya tujuannya makalah artikel penelitian riset studi kajian dokumen
    jurnal tulisan peneliti penulisnya pengarang halaman halamannya bagian bab judul ditulis menulis nulis terbit
    diterbitkan pakai kalimat tolong ringkas akhir nomor jumlahnya lengkap nama namanya berupa dikumpulkan mengumpulkan
    pengumpulan primer sekunder keduanya kualitatif kuantitatif jenisnya daftar pustaka menjawab dikaji diteliti
    dilakukan memakai dijelaskan ceritakan hey like lol umm uh lho
    """
)
SMALL: Final = frozenset[str]().union(*SMALL_WORDS.values())
"""The small words of both languages, in small letters."""

_NAMES_NOTHING: Final = _GENERIC | SMALL
_TOKEN: Final = re.compile(r"[^\W_]+(?:['\u2019-][^\W_]+)*")


def content_words(text: str) -> list[str]:
    """Return the content words of a text, which would distinguish one paper from another, as they stand in it."""
    return [word for word in _TOKEN.findall(text) if word.casefold() not in _NAMES_NOTHING]


def names_nothing(text: str) -> bool:
    """Return whether a text has no content words but numbers."""
    return all(word.isdigit() or word.casefold() in COUNTS for word in content_words(text))


def is_talk(text: str) -> bool:
    """Return whether a text is only greetings, thanks and the like, or a single letter."""
    words = _TOKEN.findall(text)
    return all(word in _TALK_WORDS or len(word) == 1 for word in words)
