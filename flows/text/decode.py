"""Bytes to characters: byte order mark, labels, then detection; labels are believed only if they fit.

Chinese pages are the hard case: ``gb2312`` and ``gbk`` mean GB18030, servers label everything
``iso-8859-1``, and almost any Big5 decodes as GB18030 into rare characters. So every label is
tried strictly, and of the candidates that decode, the one whose text is made of common characters wins.
"""

from __future__ import annotations

import codecs
import re

from flows.errors import UnreadableError

__all__ = ["Decoded", "decode"]

Decoded = tuple[str, str]
"""The text and the name of the charset it was read as."""

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
    (b"\x84\x31\x95\x33", "gb18030"),
)
# Supersets, as browsers read the names.
_MEANT = {
    "gb2312": "gb18030", "gbk": "gb18030", "cp936": "gb18030", "hz": "gb18030", "big5": "big5hkscs",
    "cp950": "big5hkscs", "shift_jis": "cp932", "euc_kr": "cp949", "iso8859-1": "cp1252", "ascii": "cp1252",
}  # fmt: skip
_SINGLE_BYTE = re.compile(r"cp12\d\d|iso8859|koi8|latin|mac")
_META = re.compile(
    rb"""<(?:meta\b[^>]*?|\?xml\b[^>]*?encoding|@?)\bcharset\s*=\s*["']?\s*([\w:.-]+)""", re.IGNORECASE
)
_XML = re.compile(rb"""^\s*<\?xml\b[^>]*?encoding\s*=\s*["']([\w:.-]+)""")
_MAGIC = (
    b"\x89PNG", b"GIF8", b"\xff\xd8\xff", b"PK\x03\x04", b"\x1f\x8b", b"\x7fELF", b"MZ\x90",
    b"\xd0\xcf\x11\xe0",
    b"Rar!", b"7z\xbc\xaf", b"BZh", b"RIFF", b"\x00\x00\x01\x00", b"OggS", b"ID3", b"SQLite format 3",
)  # fmt: skip
_CONTROL = re.compile(rb"[\x01-\x08\x0e-\x19\x1c-\x1f]")
_CONTROL_TEXT = re.compile(r"[\x00-\x08\x0e-\x1f]")
_SURE = 12  # bytes above 0x7f that form valid UTF-8 by chance in no other charset of real text
_CLEARLY = 0.15  # by how much a rival must look more like language before a fitting label is overruled
_COMMON = frozenset(
    "的一是在不了有和人这中大为上个国我以要他时来用们生到作地于出就分对成会可主发年动同工也能下过子说产种面而方后多定行学法所民得经"
    "十三之进着等部度家电力里如水化高自二理起小物现实加量都两体制机当使点从业本去把性好应开它合还因由其些然前外天政四日那社义事平形"
    "相全表间样与关各重新线内数正心反你明看原又利比或但质气第向道命此变条只没结解问意建月公无系军很情者最立代想已通并提直题党程展五"
    "果料象员革位入常文总次品式活设及管特件长求老头基资边流路级少图山统接知较将组见计别她手角期根论运农指几九区强放决西被干做必战先"
    "回则任取据处队南给色光门即保治北造百规热领七海口东导器压志世金增争济阶油思术极交受联什认六共权收证改清己美再采转更单风切打白教"
    "速花带安场身车例真务具万每目至达走积示议声报斗完类八离华名确才科张信马节话米整空元况今集温传土许步群广石记需段研界拉林律叫且究"
    "观越织装影算低持音众书布复容儿须际商非验连断深难近矿千周委素技备半办青省列习响约支般史感劳便团往酸历市克何除消构府称太准精值号"
    "率族维划选标写存候毛亲快效院查江型眼王按格养易置派层片始却专状育厂京识适属圆包火住调满县局照参红细引听该铁价严额税贸汽降跌超逾"
    "亿億個們會來時為這國對說發經過動產種開關間問題長門員業務數據實現與從點無東車電報導書華萬幣貿計總額較於種類進陸灣臺區廣號減幅貨"
    "，。、：；（）“”《》·％—…！？　「」"
)


def decode(data: bytes, *, label: str | None = None, where: str = "") -> Decoded:
    """Return the text of the bytes, its byte order mark removed, and the charset it was read as.

    ``label`` is the charset of the HTTP header. Raises UnreadableError: ``binary`` for what is no
    text, ``unknown-charset`` where no charset gives readable text.
    """
    for mark, name in _BOMS:
        if data.startswith(mark):
            text = _strictly(data[len(mark) :], name)
            if text is not None:
                return text, name
    if data.startswith(_MAGIC):
        raise UnreadableError("binary", "these bytes are a file of another kind, not text", where=where)
    if b"\0" in data:
        return _wide(data, where)
    if len(_CONTROL.findall(data[:20_000])) > max(4, min(len(data), 20_000) // 100):
        raise UnreadableError("binary", "more than one byte in a hundred is a control code", where=where)
    if data.isascii():
        return _printable(data.decode("ascii"), where), "utf-8"
    utf8 = _strictly(data, "utf-8")
    if utf8 is not None and sum(byte > 0x7F for byte in data[:4096]) + 4 * (len(data) > 4096) >= _SURE:
        return _printable(utf8, where), "utf-8"
    return _best(data, label, where)


def _best(data: bytes, label: str | None, where: str) -> Decoded:
    from resiliparse.parse.encoding import detect_encoding

    named = [codec for name in (label, *_meta(data)) if (codec := _codec(name))]
    # A server's default label says nothing of the page.
    labels = [n for n in named if n != "cp1252"] + [n for n in named if n == "cp1252"]
    guesses = ["utf-8", "gb18030", "big5hkscs", _codec(detect_encoding(data))]
    if all(name == "cp1252" for name in labels) and (text := _strictly(data, "utf-8")) is not None:
        return _printable(text, where), "utf-8"
    found: list[tuple[float, str, str]] = []
    for name in dict.fromkeys([*labels, *guesses]):
        text = _strictly(data, name) if name else None
        if name and text is not None:
            found.append((_likeness(text, name), name, text))
    if found:
        best = max(found, key=lambda f: f[0])
        chosen = next((f for f in found if f[1] in labels), best)
        if best[0] > chosen[0] + _CLEARLY:
            chosen = best
        if chosen[0] >= (0.2 if chosen[1] in labels else 0.5):
            return _printable(chosen[2], where), chosen[1]
    # A few broken bytes in a long page must not cost the article.
    for name in dict.fromkeys([*labels, *guesses]):
        if name:
            text = data.decode(name, errors="replace")
            if text.count("\ufffd") <= max(2, len(text) // 200) and _likeness(text, name) >= 0.5:
                return _printable(text, where), name
    if sum(byte > 0x7F for byte in data) <= len(data) // 20:
        return _printable(data.decode("cp1252", errors="replace"), where), "cp1252"
    raise UnreadableError(
        "unknown-charset", "no charset gives readable text", where=where,
        hint="convert the file to UTF-8 and ingest it again",
    )  # fmt: skip


def _wide(data: bytes, where: str) -> Decoded:
    """Read UTF-16 without a byte order mark; anything else with zero bytes is binary."""
    found = []
    for name in ("utf-16-le", "utf-16-be"):
        text = _strictly(data, name)
        if text is not None and "\0" not in text:
            ascii_share = sum(" " <= c <= "~" or c in "\r\n\t" for c in text) / len(text)
            found.append((ascii_share + (1 - ascii_share) * _likeness(text, name), name, text))
    if found:
        likeness, name, text = max(found)
        if likeness >= 0.5:
            return _printable(text, where), name
    raise UnreadableError("binary", "these bytes hold zeros and are not UTF-16 text", where=where)


def _meta(data: bytes) -> list[str]:
    """Return the charsets that the page's own head names."""
    head = data[:4096]
    return [m.decode("ascii", "ignore") for m in (*_META.findall(head), *_XML.findall(head))]


def _codec(name: str | None) -> str | None:
    try:
        normal = codecs.lookup((name or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    return _MEANT.get(normal, normal)


def _strictly(data: bytes, name: str) -> str | None:
    """Decode without any broken byte, but for a character cut off at the very end."""
    try:
        return codecs.getincrementaldecoder(name)("strict").decode(data, False)
    except (UnicodeError, LookupError):
        return None


def _likeness(text: str, name: str) -> float:
    """Return how much of the text beyond ASCII looks like language: 0 to 1."""
    others = [c for c in text[:20_000] if c > "\x7f"]
    if not others:
        return 1.0
    if _SINGLE_BYTE.match(name):
        letters = sum(c.isalpha() or c in "\xa0£€¥°–—‘’“”…•·®©™" for c in others)
        words = len(re.findall(r"[a-zA-ZÀ-ɏЀ-ӿ]{3,}", text[:20_000])) * 5
        return letters / len(others) * min(1.0, words / (len(others) + 1))
    known = 0.0
    for match in re.finditer(r"[^\x00-\x7f]+", text[:20_000]):
        run = match[0]
        if len(run) == 1 and "\u4e00" <= run <= "\u9fff":
            known += 0.1  # one Chinese character among Latin letters is a dash or a quote misread
            continue
        for c in run:
            if c in _COMMON:
                known += 1
            elif (
                "\u3040" <= c <= "\u30ff"
                or "\uac00" <= c <= "\ud7a3"
                or "\uff01" <= c <= "\uff5e"
                or c < "\u2500"
            ):
                known += 0.9
            elif "\u4e00" <= c <= "\u9fff":
                known += 0.25
    return known / len(others)


def _printable(text: str, where: str) -> str:
    """Return the text itself; raise ``binary`` where it is full of control characters."""
    sample = text[:20_000]
    if len(_CONTROL_TEXT.findall(sample)) > max(4, len(sample) // 100):
        raise UnreadableError("binary", "more than one character in a hundred is a control code", where=where)
    return text
