"""The grammar of a sentence: names set the frame, quantities become figures of the frame in force."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from flows.read import figures, names, order, periods, spans, subjects
from flows.read.draft import Draft
from flows.read.frame import Frame, Topic, replace
from flows.read.lexicon import Place
from flows.read.line import NAME_KINDS, Line, place_of
from flows.read.measure import Form
from flows.read.tokens import Quantity, When
from flows.record import Period

_TURN = re.compile(r"[;:]\s*$|,\s*(?:while|but|whereas)\s")
_WHOSE = re.compile(r"(?: province| city)?, (?:whose|where)\b")
_THEIR = re.compile(r"(?:^|[\n.!?]\s*)(?:Their|They)\s(?:\w+\s){0,2}$")
_FOLLOWED = re.compile(r"\b(?:was|were) followed by\b")
_PLUPERFECT = re.compile(r"\bhad (?:been|fallen|risen|grown|amounted|reached|totalled|totaled|\w+ed)\b")


# the kinds that change what a clause is about; the others are only looked at from a quantity
_SPOKEN = {
    "SHARE",
    "CAGR",
    "OFWHICH",
    "WORTH",
    "POP",
    "YOY",
    "STANCE",
    "RECALL",
    "FORMER",
    "WHOLE",
    "PLACE",
    "PARTNER_SHORT",
}
_SPOKEN |= {"FLOW", *NAME_KINDS}
# the kinds that say at the head of a sentence what it is about
_HEADS = {"FLOW", "PLACE", "PARTNER_SHORT", "OFWHICH", "BILATERAL", "ANAPHOR", *NAME_KINDS}


_NOUNS = ("占比", "比重", "份额", "比例", "所占比重", "所占份额")


@dataclass(slots=True)
class Memory:
    """What one sentence hands to the next."""

    frame: Frame
    main: Frame | None = None
    paragraph: int = -1
    listed: list[tuple[str, list[Frame]]] = field(default_factory=list)
    levels: list[Frame] = field(default_factory=list)
    form: str = ""
    partner: str = ""
    heading: Frame | None = None
    quiet: bool = False
    last_partner: str = ""
    year_to_date: Period | None = None
    opening: str | None = None
    spoken: list[Frame] = field(default_factory=list)


@dataclass(slots=True)
class Machine:
    """Reads one sentence after another; ``drafts`` grows, every numeral token gets a fate."""

    topic: Topic
    published: dt.date | None
    memory: Memory
    drafts: list[Draft] = field(default_factory=list)
    line: Line = field(init=False)
    frame: Frame = field(init=False)
    began: Frame = field(init=False)
    fresh: bool = True
    pending: list[Frame] = field(default_factory=list)
    spread: int = 0
    last: str = ""
    last_cls: str = ""
    bracket: int = 0
    nested: bool = False
    base: Period | None = None
    explicit: set[str] = field(default_factory=set)
    done: set[int] = field(default_factory=set)
    stance: str = "reported"
    year: int | None = None
    inherited: dict[str, Form] = field(default_factory=dict)
    anaphor: bool = False
    basis: str = ""
    spread_cls: str = ""
    flow_named: bool = False
    ranks: list[tuple[int, Quantity, list[Frame]]] = field(default_factory=list)
    first_frame: Frame | None = None
    levels: list[Frame] = field(default_factory=list)
    level_subjects: list[str] = field(default_factory=list)
    subjects: list[str] = field(default_factory=list)
    former: list[Frame] = field(default_factory=list)
    opened: int = 0
    recalled: bool = False
    flow_since: bool = False
    explicit_here: set[str] = field(default_factory=set)
    began_paragraph: bool = False
    plan: Period | None = None
    pair: tuple[str, ...] = ()
    counted: str | None = None
    company: bool = False
    currency: str | None = None
    dated: bool = False
    outside: bool = False
    told: str = ""
    attached: set[int] = field(default_factory=set)
    awaited: bool = False
    within: str | None = None
    of_several: dict[int, list[int]] = field(default_factory=dict)
    period_at: int = 0
    aside: Frame | None = None
    years: Period | None = None
    placed: set[int] = field(default_factory=set)
    among: dict[int, str] = field(default_factory=dict)

    def sentence(self, line: Line, paragraph: int) -> None:
        """Read one sentence."""
        self.line = line
        self.pending, self.spread, self.last, self.last_cls = [], 0, "", ""
        self.nested, self.base, self.explicit, self.done = False, None, set(), set()
        self.awaited, self.within, self.aside, self.period_at = False, None, None, 0
        self.of_several = {}
        self.outside, self.attached, self.placed, self.among = False, set(), set(), {}
        self.stance, self.inherited, self.anaphor, self.basis = (
            "reported",
            {},
            False,
            self.basis if line.tokens[0].has("OFWHICH") else "",
        )
        self.pair = ()
        self.flow_named, self.ranks, self.first_frame, self.year = False, [], None, None
        self.former = [f for _, frames in self.memory.listed for f in frames] or self.memory.levels
        self.level_subjects, self.recalled, self.flow_since, self.explicit_here = [], False, False, set()
        self.levels, self.opened, self.dated = [], len(self.drafts), False
        self.began_paragraph = paragraph != self.memory.paragraph
        self._open(paragraph)
        self.began = self.frame
        self.company = self._company()
        index = 0
        while index < len(line.tokens):
            index = self._step(index)
        self._close(paragraph)

    def _open(self, paragraph: int) -> None:
        """Decide what of the frame before still holds at the start of this sentence."""
        memory, topic, line = self.memory, self.topic.frame, self.line
        if memory.year_to_date is not None:
            topic = replace(topic, period=memory.year_to_date)
        same = paragraph == memory.paragraph
        previous = memory.frame if same else topic
        names, flows, anaphor = self._head()
        frame = previous
        if not same and not names and not flows and self._runs_on(paragraph):
            # the next line of a list or a small table goes on with what the line before named
            frame = memory.frame
            same = True
        elif (
            not same
            and line.lang == "en"
            and not names
            and _THEIR.search(line.folded, max(0, line.tokens[0].start - 32), line.tokens[0].start)
        ):
            # a paragraph that begins with "Their" goes on with those named last
            main = memory.main or memory.frame
            frame = replace(topic, **{axis: getattr(main, axis) for axis in main.details()})
        elif (
            not same
            and line.lang == "en"
            and memory.main
            and _FOLLOWED.search(line.folded, line.tokens[0].start, line.tokens[0].start + 60)
        ):
            frame = replace(topic, flow=memory.main.flow)
        elif not same:
            frame = topic
        elif anaphor and not names:
            frame = memory.frame if memory.quiet else memory.main or memory.frame
            frame = replace(frame, period=memory.frame.period)
        elif not names and not flows:
            frame = memory.frame
            if any(t.kinds.get("WHOLE") == "self" for t in line.tokens[:3]):
                frame = replace(frame.reset(topic), flow=None)
        elif names:
            main = memory.main or memory.frame
            frame = replace(memory.frame.reset(topic), reporter=main.reporter)
            split = (
                line.lang == "en" and memory.opening == "trade" and self.topic.frame.flow in (None, "trade")
            )
            if (
                not anaphor
                and not split
                and main.flow in ("exports", "imports")
                and set(main.details()) & set(names)
            ):
                frame = replace(frame, flow=main.flow)
            else:
                told = anaphor or (line.lang == "en" and memory.quiet and self.flow_named)
                frame = replace(frame, flow=memory.frame.flow if told else None)
        else:
            main = memory.main or memory.frame
            heading = memory.heading if memory.heading is not None else None
            keep = (
                tuple(a for a in main.details() if a != "product" or main.flow == "trade")
                if line.lang == "en" and self._splits(main)
                else ("partner",)
                if line.lang == "en"
                and memory.partner
                and memory.partner == main.partner
                and not any(t.has("WHOLE") for t in line.tokens[:4])
                else ()
            )
            frame = (main if keep else memory.frame).reset(topic, keep=keep)
            if heading is not None and not any(t.has("WHOLE") for t in line.tokens[:3]):
                frame = heading
            frame = replace(frame, reporter=main.reporter, period=memory.frame.period)
        if not same:
            frame = replace(frame, flow=topic.flow)
        self.anaphor = anaphor
        self.frame, self.fresh = replace(frame, named=frame.named if anaphor else ()), True
        if any(t.kinds.get("WHOLE") == "self" for t in line.tokens[:3]) and not anaphor:
            self.frame = replace(self.frame, reporter=topic.reporter)

    def _splits(self, main: Frame) -> bool:
        """English: True where bare exports or imports break down the trade just read: "... Exports were 5 bn"."""
        head = next((t for t in self.line.tokens if t.has("FLOW", "WHOLE", "PLACE", "NUM")), None)
        flow = head.kinds.get("FLOW") if head is not None else None
        return flow in ("exports", "imports") and flow != main.flow and not self.memory.quiet

    def _runs_on(self, paragraph: int) -> bool:
        """True for the next line of a list or a small table: short, and no full stop before it."""
        before = self.line.head(0).rstrip()
        follows = paragraph == self.memory.paragraph + 1 and self.memory.paragraph > 0
        return follows and len(self.line.tokens) <= 6 and before[-1:] not in ".!?。;:"

    def _company(self) -> bool:
        """True where a firm, not a place, is what the sentence is about."""
        tokens = self.line.tokens
        at = next((i for i, t in enumerate(tokens) if t.has("COMPANY") and not t.has("COUNTED")), None)
        if at is None or any(t.has("WHOLE", "FLOW") for t in tokens[:at]):
            return False
        if any(
            isinstance(p := t.kinds.get("PLACE"), Place)
            and p.reporter
            and tokens[k + 1 :]
            and tokens[k + 1].has("FLOW")
            for k, t in enumerate(tokens)
        ):
            return False
        return not any(t.has("WHOLE") for t in tokens) and sum(t.has("NUM") for t in tokens) <= 3

    def _head(self) -> tuple[set[str], bool, bool]:
        """Return the detail names, whether a flow, and whether an anaphor stand before the first quantity."""
        names: set[str] = set()
        flows = anaphor = False
        for index, token in enumerate(self.line.tokens):
            q = self.line.held[index]
            if q is not None and not token.reason and q.cls in ("money", "percent", "qty", "times", "pp"):
                break
            if token.kinds.keys().isdisjoint(_HEADS):
                continue
            for kind, axis in NAME_KINDS.items():
                if kind in token.kinds:
                    names.add(axis)
            place = place_of(token)
            if (
                place is not None
                and place.partner is not None
                and place.partner != self.topic.frame.reporter
                and subjects.is_partner(self, index)
            ):
                names.add("partner")
            flows = flows or token.has("FLOW")
            if token.has("FLOW") and self.line.text(index).lower().startswith(
                ("双边", "bilateral", "two way", "two-way")
            ):
                anaphor = True
            if token.has("OFWHICH", "BILATERAL") or (token.has("ANAPHOR") and index < 3):
                anaphor = True
        return names, flows, anaphor

    def _close(self, paragraph: int) -> None:
        for index, q, frames in self.ranks:
            for frame in frames:
                order.rank(self, index, q, frame)
        memory = self.memory
        memory.frame, memory.paragraph, memory.quiet = self.frame, paragraph, self.first_frame is None
        memory.last_partner = next(
            (d.frame.partner for d in reversed(self.drafts[self.opened :]) if d.frame.partner != "World"),
            memory.last_partner,
        )
        if self.first_frame is not None:
            memory.main = next(
                (d.frame for d in self.drafts[self.opened :] if d.rule != "level-before"),
                self.drafts[self.opened].frame,
            )
            if self.began_paragraph:
                memory.opening = memory.main.flow
                memory.partner = memory.main.partner if memory.main.partner != "World" else ""
            if self.line.lang == "en":
                aside = (
                    _PLUPERFECT.search(self.line.folded, self.line.tokens[0].start, self.line.end)
                    and self.began.period
                )
                memory.frame = replace(
                    memory.frame, period=self.began.period if aside else memory.main.period
                )
            stated = self.topic.frame.period
            if (
                self.line.lang == "zh"
                and stated is not None
                and self.frame.period is not None
                and self.began.period is not None
                and self.period_at > 1
                and self.frame.period.last.year < min(stated.last.year, self.began.period.last.year)
            ):
                # 2018年占比曾达…: a year before, named in passing, does not reach over the full stop
                memory.frame = replace(memory.frame, period=self.began.period)
            kept = self.former if self.recalled else self.pending
            memory.listed = [("", kept)] if len(kept) > 1 else []
            memory.form = self.drafts[-1].measure
        elif len(self.pending) > 1:
            memory.listed = [("", self.pending)]
            memory.levels = self.levels
        if self.began_paragraph:
            # "Private firms took heart." says what the sentences of its paragraph are about
            alone = self.first_frame is None and len(self.frame.named) == 1 and len(self.line.tokens) <= 6
            memory.heading = self.frame if alone and self.line.lang == "zh" else None
        if self.first_frame is not None and self.began_paragraph:
            self._accumulate(self.drafts[self.opened].frame.period)
        if memory.main is None or (self.began_paragraph and self.first_frame is None):
            # a paragraph that opens without a figure does not go on with the subject of the one before
            told = memory.main.flow if memory.main is not None else None
            memory.main = replace(self.frame, flow=self.frame.flow or told)
        mine = self.drafts[self.opened :]
        if mine:
            memory.spoken = list(dict.fromkeys(d.frame for d in mine))

    def _accumulate(self, period: Period | None) -> None:
        """A paragraph that opens with the months so far moves an article about one month on to them."""
        told = self.topic.frame.period
        if period is not None and period == told and self.dated:
            self.memory.year_to_date = None
        if (
            period is not None
            and told is not None
            and period.last == told.last
            and period.first < told.first
            and period.first.month in (1, self.topic.fiscal)
            and told.first.month == told.last.month
            and told.first.year == told.last.year
        ):
            self.memory.year_to_date = period

    def _step(self, index: int) -> int:
        line, token = self.line, self.line.tokens[index]
        kinds, held = token.kinds, line.held[index]
        if held is None and index in self.done:
            return index + 1
        gap = line.folded[line.tokens[index - 1].end : token.start] if index else ""
        if index and line.chunk[index] != line.chunk[index - 1]:
            self.explicit_here.discard("flow")
        if self.aside is not None and ")" in gap:
            # (全国增速5%): what brackets say of the nation ends with them
            self.frame, self.aside = self.aside, None
        if ";" in gap:
            kept = self.basis if token.has("OFWHICH") else ""
            if self.fresh and line.lang == "zh" and self.first_frame is not None and not self.pending:
                # names that no number followed do not reach over a semicolon
                self.frame = self.frame.reset(self.topic.frame)
            self._semicolon()
            self.basis = kept
        if len(gap) > 1 and gap[0] != " " and line.lang == "en" and _TURN.search(gap):
            self.base = None
        if ", wh" in gap and line.lang == "en" and _WHOSE.match(gap):
            subjects.whose(self, index - 1)
        if "PERIOD" in kinds:
            spans.period(self, index)
            return index + 1
        if held is not None:
            if index in self.done:
                return index + 1
            after = figures.quantity(self, index)
            self.flow_since = False
            return after
        if kinds.keys().isdisjoint(_SPOKEN):
            return index + 1
        if "OFWHICH" in kinds and "SHARE" not in kinds:
            self.nested = True
            return index + 1
        if "WORTH" in kinds and self.last == "price":
            self.last = ""
        if "CAGR" in kinds:
            # 论年均增速，对东盟…: said once for all that follows
            if line.lang == "zh" and not any(
                line.quantity(k) is not None
                for k in range(index + 1, len(line.tokens))
                if line.chunk[k] == line.chunk[index]
            ):
                self.basis = "cagr"
        elif "POP" in kinds and "YOY" not in kinds:
            if line.lang == "en" or not self._gap_next(index):
                self.basis = "pop"
        elif "YOY" in kinds:
            self.basis = "yoy"
        if "STANCE" in kinds:
            self._stance(index)
        if "SHARE" in kinds and line.lang == "zh":
            self.awaited = line.text(index) in _NOUNS and not any(
                line.held[k] is not None and line.chunk[k] == line.chunk[index]
                for k in range(index, len(line.tokens))
            )
            return index + 1
        if "RECALL" in kinds and (known := self._last_partner()):
            self.frame = self.frame.put("partner", known)
            return index + 1
        if "FORMER" in kinds and subjects.former(self, index):
            return index + 1
        if "WHOLE" in kinds and "PLACE" not in kinds:
            self.outside = False
            subjects.whole_subject(self, index)
            return index + 1
        if line.axis(index) is not None:
            self.outside = False
            if line.lang == "zh" and subjects.in_whole(self, index):
                return index + 1
            return names.names(self, index)
        return index + 1

    def _gap_next(self, index: int) -> bool:
        """True where the next number of the chunk is in points: 增幅较上月回升1.3个百分点."""
        following = (
            q for k in range(index + 1, len(self.line.tokens)) if (q := self.line.quantity(k)) is not None
        )
        nxt = next(following, None)
        return nxt is not None and nxt.cls == "pp"

    def _last_partner(self) -> str:
        """Return the partner that "those countries" means: of this sentence, else of the one before."""
        mine = (d.frame.partner for d in reversed(self.drafts[self.opened :]) if self.line.lang == "en")
        return next((p for p in mine if p != "World"), self.memory.last_partner)

    def _semicolon(self) -> None:
        self.base = None
        self.basis = ""
        self.nested = self.awaited = False
        self.stance = "reported"

    def _stance(self, index: int) -> None:
        self.stance = str(self.line.tokens[index].kinds["STANCE"])

    def resolve(self, index: int) -> Period | None:
        """Return the period that a token names."""
        when = self.line.tokens[index].kinds["PERIOD"]
        assert isinstance(when, When)
        return periods.resolve(when, self.published, None, self.frame.period)
