"""Finds what an article is about: its reporter, its main period, and a partner or product it is all about."""

from __future__ import annotations

import datetime as dt
import itertools
import re
from collections import Counter
from functools import lru_cache

from flows import reference
from flows.read import periods
from flows.read.draft import Draft
from flows.read.frame import DEFAULT, Frame, Topic, replace
from flows.read.lex import Lexed
from flows.read.lexicon import Place, lexicon
from flows.read.line import NAME_KINDS, place_of
from flows.read.segment import Sentence
from flows.read.tokens import Quantity, Token, When
from flows.record import Period

_CHINESE = ("province", "municipality", "autonomous region", "city", "county-level city", "district", "county", "new area", "zone", "prefecture", "autonomous prefecture", "league", "region")  # fmt: skip
_PARTNER_CUE = ("对", "与", "同", "自", "从", "和", "向", "输", "往", "经")
_PARTNER_CUE_EN = ("to", "with", "from", "and")


@lru_cache(maxsize=1)
def parents() -> dict[str, str]:
    """Return reporter name → name of the place that contains it."""
    by_code = {n.code: n.name for n in reference.names("reporters")}
    return {n.name: by_code[n.parent] for n in reference.names("reporters") if n.parent in by_code}


@lru_cache(maxsize=1)
def codes_of() -> dict[str, str]:
    """Return reporter name → code."""
    return {n.name: n.code for n in reference.names("reporters")}


@lru_cache(maxsize=1)
def kinds() -> dict[str, str]:
    """Return reporter name → kind."""
    return {n.name: n.kind for n in reference.names("reporters")}


# the customs house of a place, or a dateline: "呼和浩特8月10日电"
_NO_SUBJECT = re.compile(r"海关|关区|\d{1,2}月\d{1,2}日[电讯]")
_SURPASSED = re.compile(r"(?:超车|超越|赶超|超过|反超|落后|领先|不及|仅次于|追上)$")
QUARREL = re.compile(
    r"(?:(?:the )?[\w.]+-)?[\w.]+[\s-](?:trade )?(?:war|tensions|dispute|conflict|frictions?|spat|tariffs|talks|truce)\b"
)
# "exports to China", "imports from China": China is the other side of somebody's trade
_TRADED = re.compile(
    r"\b(?:(?:[Ee]xport(?:s|ed)?|[Ss]hipments|[Ss]ales|[Tt]rade)(?: \w+)? (?:to|with)|(?:[Ii]mport(?:s|ed)?|[Pp]urchases)(?: \w+)? from)(?: mainland)? $"
)
# "Cambodia's second-largest trading partner": whose partner it is reports
_PARTNER_OF = re.compile(
    r"'s (?:[\w-]+ ){0,3}(?:trading |trade |export |import )?(?:partner|destinations?|markets?|customers?|suppliers?|buyers?|sources?)\b"
)
_CUSTOMS = re.compile(r"([\u4e00-\u9fff]{2,3})(?:市|省)?(?:海关|关区)")

_DISTRICT = re.compile(r"([\u4e00-\u9fff]{2,3})(?:海关)?关区")


@lru_cache(maxsize=256)
def _home(place: str) -> str | None:
    """The province (or place) whose customs house is named: 长沙海关 is Hunan's."""
    for length in (len(place), 2):
        entry = lexicon("zh").entries.get(place[-length:])
        found = entry.kinds.get("PLACE") if entry else None
        if isinstance(found, Place) and found.reporter and found.code.startswith("CN"):
            if found.kind == "city":
                return parents().get(found.reporter, found.reporter)
            return found.reporter
    return None


def find(lexed: Lexed, parts: list[Sentence], published: dt.date | None) -> Topic:
    """Return the topic of an article from its headline and first sentences."""
    votes: Counter[str] = Counter()
    codes: dict[str, Place] = {}
    body = 0
    for part in parts[:14]:
        figures = any(
            isinstance(q := t.kinds.get("NUM"), Quantity) and q.cls in ("money", "percent")
            for t in part.tokens
        )
        weight = (
            6
            if part.paragraph == 0 and (len(parts) < 2 or parts[-1].paragraph > 0 or part is parts[0])
            else 5
            if figures and body < 2
            else 2
            if body < 2
            else 1
        )
        body += figures and part.paragraph > 0
        first = True
        for index, token in enumerate(part.tokens):
            place = token.kinds.get("PLACE")
            if not isinstance(place, Place) or place.reporter is None:
                continue
            if place.kind in ("group", "region of the world", "open group"):
                continue
            foreign = place.code and "-" not in place.code and place.code not in ("CN",)
            if lexed.lang == "en" and body and lexed.folded[token.end : token.end + 1] == ":":
                # "- Japan: 9.4 billion": a row of a list of partners
                continue
            lead = _lead(lexed, token)
            if (
                token.start
                and lexed.text[token.start : token.end].isupper()
                and place.kind in ("city", "county-level city")
                and lexed.lang == "en"
                and index <= 1
            ):
                home = parents().get(place.reporter)
                if home and home != "China":
                    votes[home] += 2
                codes.setdefault(place.reporter, place)
                continue
            after = part.tokens[index + 1] if index + 1 < len(part.tokens) else None
            inner = after.kinds.get("PLACE") if after is not None and after.start - token.end <= 3 else None
            if (
                isinstance(inner, Place)
                and inner.reporter
                and parents().get(inner.reporter) == place.reporter
            ):
                # "China's Inner Mongolia" is about Inner Mongolia
                continue
            if lexed.lang == "en" and QUARREL.match(lexed.folded, token.start):
                # "the US-China trade war" speaks of neither's figures
                first = False
                continue
            as_partner = (
                lexed.lang == "zh"
                and (
                    lead in _PARTNER_CUE
                    or (not foreign and _NO_SUBJECT.match(lexed.folded, token.end))
                    or _SURPASSED.search(lexed.folded, max(0, token.start - 3), token.start)
                )
            ) or (
                lexed.lang == "en"
                and lead in _PARTNER_CUE_EN
                and (
                    foreign
                    or (
                        place.code == "CN"
                        and _TRADED.search(lexed.folded[max(0, token.start - 28) : token.start])
                    )
                )
            )
            if as_partner or token.has("CUSTOMS"):
                votes[place.reporter] += 0
            else:
                score = weight * (2 if first else 1)
                if (
                    lexed.lang == "en"
                    and place.kind in ("zone", "new area")
                    and after is not None
                    and after.has("FLOW")
                    and body < 2
                ):
                    # a zone whose own trade is told is what the article is about, not what lies around it
                    score *= 3
                if lexed.lang == "en" and _PARTNER_OF.match(lexed.folded, token.end):
                    score *= 3
                if lexed.lang == "en" and token.has("ADJECTIVE") and not _flow_near(part.tokens, index):
                    score = 0
                votes[place.reporter] += score
                first = False
            codes.setdefault(place.reporter, place)
        if lexed.lang == "zh" and body <= 1:
            # 中俄双边贸易: the first of the two speaks
            pairs = [
                t
                for t in part.tokens
                if t.has("PLACE", "PARTNER_SHORT") and _PAIRED.match(lexed.folded, t.start)
            ]
            votes["China"] += weight * bool(pairs)
        for token in part.tokens:
            seat = token.kinds.get("SEAT")
            if isinstance(seat, str) and body <= 1:
                votes[seat] += 4 if seat != "China" else 2
            said = lexed.folded[token.start : token.end]
            if (
                said in ("我国", "全国", "china's", "China's")
                and token.kinds.get("WHOLE") == "nation"
                and body <= 1
            ):
                votes["China"] += weight if said == "我国" else 1
        if lexed.lang == "zh" and part.paragraph < 6:
            for match in _CUSTOMS.finditer(lexed.folded, part.start, part.end):
                home = _home(match.group(1))
                if home:
                    votes[home] += 3
            for match in _DISTRICT.finditer(lexed.folded, part.start, part.end):
                home = _home(match.group(1))
                name = f"{home} customs district"
                if home and name in kinds():
                    votes[name] += 8
    if lexed.lang == "zh" and ("財政部" in lexed.text or "經濟部" in lexed.text):
        votes["Taiwan"] += 12
    reporter = _choose(votes, codes)
    if lexed.lang == "zh":
        reporter = _of_kind(reporter, votes, lexed.folded)
    topic = Topic(Frame(reporter=reporter), lang=lexed.lang)
    topic.kind, topic.code = kinds().get(reporter or "", ""), codes_of().get(reporter or "", "CN")
    code = topic.code
    apart = reporter in ("Taiwan", "Hong Kong", "Macao")
    topic.nation = "China" if not apart and code.startswith(("CN", "Z-", "CD-")) else (reporter or "China")
    topic.fiscal = FISCAL.get(reporter or "")
    topic.frame = replace(
        topic.frame, period=_period(parts, published, lexed.folded, lexed.lang, topic.fiscal)
    )
    topic.frame = replace(topic.frame, flow=_only_flow(lexed))
    topic.pop = _monthly_on_month(lexed, topic.frame.period, published)
    topic.currency = (_LOCAL_YUAN if lexed.lang == "zh" else _LOCAL).get(reporter or "")
    topic.year = topic.frame.period.last.year if topic.frame.period else None
    return topic


# what a partner buys or sells says nothing of whose flow the article speaks of
_DEAL = re.compile(r"bought|buys|purchase[sd]?|purchasing|sold|sells|sales|shipped|ships")


def _only_flow(lexed: Lexed) -> str | None:
    """English: the flow of an article that speaks of exports or of imports and never of both or of trade."""
    if lexed.lang != "en":
        return None
    told = {
        str(t.kinds["FLOW"])
        for t in lexed.tokens
        if t.has("FLOW") and not _DEAL.fullmatch(lexed.folded[t.start : t.end].lower())
    }
    said = lexed.folded.lower()
    for flow, other in (("exports", "import"), ("imports", "export")):
        if told == {flow} and other not in said:
            return flow
    if not told and "exporters" in said and "import" not in said:
        return "exports"
    return None


FISCAL = {"India": 4, "Pakistan": 7, "Bangladesh": 7, "Myanmar": 4, "Nepal": 7, "Egypt": 7, "Japan": 4}
_LOCAL_YUAN = {"Hong Kong": "HKD", "Macao": "MOP", "Taiwan": "TWD"}
_LOCAL = {"Australia": "AUD", "Canada": "CAD", "Hong Kong": "HKD", "New Zealand": "NZD", "Singapore": "SGD"}


def _monthly_on_month(lexed: Lexed, period: Period | None, published: dt.date | None) -> bool:
    """True where an article speaks of changes on the month: seasonally adjusted, and no yearly words first."""
    if lexed.lang == "zh" or period is None or (period.last - period.first).days > 31:
        return False
    pops = sum(t.has("POP") and not t.has("YOY") for t in lexed.tokens)
    yoys = sum(t.has("YOY") for t in lexed.tokens)
    for token in lexed.tokens:
        when = token.kinds.get("PERIOD")
        if isinstance(when, When) and periods.is_base(lexed.folded, token.start, token.end, lexed.lang):
            base = periods.resolve(when, published, period.last.year, period, None)
            if base is not None and (base.last - base.first).days <= 31:
                pops += (period.first - base.last).days == 1
                yoys += base.first.year == period.first.year - 1 and base.first.month == period.first.month
    if pops >= 3 and not yoys:
        return True
    return pops + 1 >= yoys and bool(_ADJUSTED.search(lexed.folded[:700].lower()))


_ADJUSTED = re.compile(r"seasonally|adjusted for season|season and calendar|calendar and season")


_PAIRED = re.compile(r"中(?:[俄美欧日韩德法英印澳非越泰老蒙巴阿哈]|国?[-—])(?!国)")


def narrow(topic: Topic, parts: list[Sentence], drafts: list[Draft]) -> bool:
    """Put into the topic what the headline names and the first body figure is of; True where it changed.

    Sentences that name nothing then speak of trade with that partner, under that regime, in that product.
    """
    body = next((p.start for p in parts if p.paragraph > 0), 0)
    levels = [d for d in drafts if d.token.start >= body and d.measure in ("value", "quantity")][:6]
    headline = {t for p in parts if p.paragraph == 0 for t in _named(p)}
    changed = False
    if not levels:
        return False
    lead = {t for p in [q for q in parts if q.paragraph > 0][:3] for t in _named(p)}
    for axis, value in headline & lead:
        if (
            axis == "channel"
            and value in _corridors()
            and not any(
                d.frame.channel == "all"
                and d.frame.flow == "trade"
                and not d.frame.details()
                and d.measure == "value"
                for d in levels[:1]
            )
            and topic.frame.channel == "all"
        ):
            topic.frame = replace(topic.frame, channel=value)
            changed = True
    first = next((p for p in parts if p.start >= body and any(t.has("NUM") for t in p.tokens)), None)
    opener = next((t.kinds["CHANNEL"] for t in first.tokens[:4] if t.has("CHANNEL")), None) if first else None
    if (
        first is not None
        and opener in _corridors()
        and topic.frame.channel == "all"
        and not any(t.has("FLOW") for t in first.tokens[:2])
    ):
        topic.frame = replace(topic.frame, channel=str(opener))
        changed = True
    partner = _headline_partner(parts)
    if (
        partner
        and topic.frame.partner == "World"
        and ("partner", partner) in lead
        and not any(d.frame.partner not in ("World", partner) for d in levels[:2])
    ):
        topic.frame = replace(topic.frame, partner=partner)
        changed = True
    for axis in ("partner", "regime", "channel", "product"):
        value = getattr(levels[0].frame, axis)
        if value == DEFAULT[axis] or ", " in value:
            continue
        share = sum(getattr(d.frame, axis) == value for d in levels) / len(levels)
        total = any(not d.frame.details() and d.frame.flow == "trade" for d in levels)
        # an English headline names goods in passing more often than a Chinese one
        enough = 0.6 if axis == "product" and topic.lang == "en" else 0.3
        if ((axis, value) in headline and share >= enough and not total) or (share == 1 and len(levels) >= 4):
            topic.frame = replace(topic.frame, **{axis: value})
            if axis == "product" and levels[0].frame.flow in ("exports", "imports"):
                topic.frame = replace(topic.frame, flow=levels[0].frame.flow)
            changed = True
    return changed


@lru_cache(maxsize=1)
def _corridors() -> frozenset[str]:
    """The channels that are a route of their own, not the gate of some place."""
    return frozenset(
        n.name for n in reference.names("channels") if n.kind in ("corridor", "mode") and n.name != "all"
    )


def _headline_partner(parts: list[Sentence]) -> str | None:
    """The partner of a headline that speaks of trade with it and prints no figure of its own."""
    tokens = [t for p in parts if p.paragraph == 0 for t in p.tokens]
    if any(t.has("NUM") for t in tokens):
        return None
    for left, right in itertools.pairwise(tokens):
        place = place_of(right)
        if (
            left.has("FLOW")
            and place is not None
            and place.partner
            and place.kind in ("group", "country", "region", "open group")
            and right.start - left.end <= 8
        ):
            return place.partner
    return None


def _named(part: Sentence) -> list[tuple[str, str]]:
    out: list[tuple[str, str]] = []
    for token in part.tokens:
        for kind, axis in NAME_KINDS.items():
            if kind in token.kinds:
                out.append((axis, str(token.kinds[kind])))
        place = place_of(token)
        if place is not None and place.partner:
            out.append(("partner", place.partner))
    return out


def _choose(votes: Counter[str], codes: dict[str, Place]) -> str | None:
    if not votes:
        return None
    best = max(votes.items(), key=lambda item: item[1])
    if best[1] <= 0:
        return next(iter(votes))
    name = best[0]
    if name == "China":
        local = [
            (v, n)
            for n, v in votes.items()
            if n != "China" and codes.get(n) and codes[n].code.startswith(("CN-", "Z-"))
        ]
        if local and max(local)[0] >= best[1] * 0.8:
            return max(local)[1]
    return name


_PROVINCE = ("province", "autonomous region")
# 占全省, 比全省, 在我省三大城市中: what the place is set against, not the place
_PROVINCIAL = re.compile(r"(?<![在占比较于居列对、和与跟的])(?:[我全本该]省(?!会)|[我全]自治区)")
_MUNICIPAL = re.compile(r"[我全本该]市(?![场民])")


def _of_kind(name: str | None, votes: Counter[str], folded: str) -> str | None:
    """Return the place of the kind that 我省 or 全市 speak of: the province of a city, the city of a province."""
    provincial, municipal = bool(_PROVINCIAL.search(folded)), bool(_MUNICIPAL.search(folded))
    if name is None or provincial == municipal:
        return name
    kind, within = kinds().get(name, ""), parents()
    if provincial and kind in ("city", "county-level city", "district", "county", "new area"):
        at: str | None = name
        while at is not None and kinds().get(at) not in _PROVINCE:
            at = within.get(at)
        return at or name
    if municipal and kind in _PROVINCE:
        cities = [
            (v, n) for n, v in votes.items() if v > 0 and within.get(n) == name and kinds()[n] == "city"
        ]
        return max(cities)[1] if cities else name
    return name


def _lead(lexed: Lexed, token: Token) -> str:
    head = lexed.folded[max(0, token.start - 12) : token.start]
    if lexed.lang == "zh":
        return head[-1:]
    words = head.lower().split()
    while words and words[-1] in ("the", "its", "of"):
        words.pop()
    return words[-1] if words else ""


def _flow_near(tokens: list[Token], index: int) -> bool:
    return any(t.has("FLOW") for t in tokens[index + 1 : index + 3])


def _period(
    parts: list[Sentence], published: dt.date | None, folded: str, lang: str, fiscal: int | None
) -> Period | None:
    """The period of the first body sentence with figures that names one; the headline's otherwise."""
    headline: Period | None = None
    for part in parts[:14]:
        heading = (
            lang == "en"
            and part.paragraph > 0
            and part.end - part.start < 80
            and folded[part.end - 1] not in ".。;,"
        )
        if not heading and not any(t.has("NUM", "FLOW") for t in part.tokens):
            continue
        found = []
        for token in part.tokens:
            when = token.kinds.get("PERIOD")
            if not isinstance(when, When) or when.kind in (
                "date",
                "same",
                "month_of",
                "since",
                "same_year",
                "full",
            ):
                continue
            if periods.is_base(folded, token.start, token.end, lang):
                continue
            period = periods.resolve(when, published, None, None, fiscal)
            if period is not None and (published is None or period.first <= published):
                found.append(period)
        if not found:
            continue
        best = max(
            found,
            key=lambda p: (p.last if published is None or p.last <= published else p.first, p.last - p.first),
        )
        if part.paragraph:
            annual = headline is not None and (headline.last - headline.first).days > 360
            if headline is not None and annual and lang == "en" and best.last < headline.first:
                # what lies before the year of the headline is compared with, not spoken of
                continue
            if headline is not None and headline.last == best.last and headline.first < best.first:
                return headline
            return best
        headline = best
    return headline
