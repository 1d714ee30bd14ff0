"""The grammar of a sentence: names set the frame, quantities become figures of the frame in force."""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass, field

from flows.read import figures, periods
from flows.read import topic as topics
from flows.read.draft import Draft
from flows.read.frame import DEFAULT, Frame, Topic, replace
from flows.read.line import NAME_KINDS, Line, place_of
from flows.read.lexicon import Place
from flows.read.measure import Form, ahead, near
from flows.read.tokens import Quantity, When
from flows.record import Period, Reason

_PARTNER_LEAD_ZH = ("对", "与", "同", "自", "从", "和", "向", "输往", "往", "我与", "我对", "跟", "至")


_ASIDE = re.compile(r"\b(?:from|after|against|versus|vs|compared (?:with|to)|compared the \w+ of|following|up on|reversing|revised|than)\b[^,;]*$")
_ORDERED = re.compile(r"(?:total |goods )?(import|export)s? and (import|export)s?$")
_PLUPERFECT = re.compile(r"\bhad (?:been|fallen|risen|grown|amounted|reached|totalled|totaled|\w+ed)\b")


def _within(inner: str, outer: str | None) -> bool:
    """True where a place lies in another: "China's Tibet" speaks of Tibet."""
    at: str | None = inner
    for _ in range(5):
        at = topics.parents().get(at or "")
        if at is None:
            return False
        if at == outer:
            return True
    return False


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
    pop: bool = False
    spread_cls: str = ""
    flow_named: bool = False
    ranks: list[tuple[int, Quantity]] = field(default_factory=list)
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
    frames: dict[int, Frame] = field(default_factory=dict)
    counted: str | None = None
    company: bool = False
    currency: str | None = None
    dated: bool = False

    # --- a sentence ----------------------------------------------------------------------------------

    def sentence(self, line: Line, paragraph: int) -> None:
        """Read one sentence."""
        self.line = line
        self.pending, self.spread, self.last, self.last_cls = [], 0, "", ""
        self.nested, self.base, self.explicit, self.done = False, None, set(), set()
        self.stance, self.inherited, self.anaphor, self.pop = "reported", {}, False, self.pop and line.tokens[0].has("OFWHICH")
        self.pair = ()
        self.flow_named, self.ranks, self.first_frame, self.year = False, [], None, None
        self.former = [f for _, frames in self.memory.listed for f in frames] or self.memory.levels
        self.level_subjects, self.recalled, self.flow_since, self.explicit_here = [], False, False, set()
        self.levels, self.frames, self.opened, self.dated = [], {}, len(self.drafts), False
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
        same = paragraph == memory.paragraph
        previous = memory.frame if same else topic
        names, flows, anaphor = self._head()
        frame = previous
        if not same:
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
            if not anaphor and main.flow in ("exports", "imports") and set(main.details()) & set(names):
                frame = replace(frame, flow=main.flow)
            else:
                frame = replace(frame, flow=None if not anaphor else memory.frame.flow)
        else:
            main = memory.main or memory.frame
            heading = memory.heading if memory.heading is not None else None
            keep = ("partner",) if line.lang == "en" and memory.partner and memory.partner == main.partner and not any(t.has("WHOLE") for t in line.tokens[:4]) else ()
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
        del previous

    def _company(self) -> bool:
        """True where a firm, not a place, is what the sentence is about."""
        tokens = self.line.tokens
        at = next((i for i, t in enumerate(tokens) if t.has("COMPANY") and not t.has("COUNTED")), None)
        if at is None or any(t.has("WHOLE", "FLOW") for t in tokens[:at]):
            return False
        if any(isinstance(p := t.kinds.get("PLACE"), Place) and p.reporter and tokens[k + 1 :] and tokens[k + 1].has("FLOW") for k, t in enumerate(tokens)):
            return False
        return not any(t.has("WHOLE") for t in tokens) and sum(t.has("NUM") for t in tokens) <= 3

    def _head(self) -> tuple[set[str], bool, bool]:
        """Return the detail names, whether a flow, and whether an anaphor stand before the first quantity."""
        names: set[str] = set()
        flows = anaphor = False
        for index, token in enumerate(self.line.tokens):
            if self.line.quantity(index) is not None and not token.reason and self.line.quantity(index).cls in ("money", "percent", "qty", "times", "pp"):  # type: ignore[union-attr]
                break
            for kind, axis in NAME_KINDS.items():
                if kind in token.kinds:
                    names.add(axis)
            place = place_of(token)
            if place is not None and place.partner is not None and place.partner != self.topic.frame.reporter and self._is_partner(index):
                names.add("partner")
            flows = flows or token.has("FLOW")
            if token.has("FLOW") and self.line.text(index).lower().startswith(("双边", "bilateral", "two way", "two-way")):
                anaphor = True
            if token.has("OFWHICH", "BILATERAL") or (token.has("ANAPHOR") and index < 3):
                anaphor = True
        return names, flows, anaphor

    def _close(self, paragraph: int) -> None:
        for index, q in self.ranks:
            figures.rank(self, index, q)
        memory = self.memory
        memory.frame, memory.paragraph, memory.quiet = self.frame, paragraph, self.first_frame is None
        memory.last_partner = next((d.frame.partner for d in reversed(self.drafts[self.opened :]) if d.frame.partner != "World"), memory.last_partner)
        if self.first_frame is not None:
            memory.main = self.drafts[self.opened].frame
            if self.began_paragraph:
                memory.partner = memory.main.partner if memory.main.partner != "World" else ""
            if self.line.lang == "en":
                aside = _PLUPERFECT.search(self.line.folded, self.line.tokens[0].start, self.line.end) and self.began.period
                memory.frame = replace(memory.frame, period=self.began.period if aside else memory.main.period)
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
        if memory.main is None:
            memory.main = self.frame

    # --- one token -----------------------------------------------------------------------------------

    def _step(self, index: int) -> int:
        line, token = self.line, self.line.tokens[index]
        if index in self.done and line.quantity(index) is None:
            return index + 1
        gap = line.folded[line.tokens[index - 1].end : token.start] if index else ""
        if index and line.chunk[index] != line.chunk[index - 1]:
            self.explicit_here.discard("flow")
        if ";" in gap:
            self._semicolon()
        if index and line.lang == "en" and re.search(r"[;:]\s*$|,\s*(?:while|but|whereas)\s", gap):
            self.base = None
        if token.has("PERIOD"):
            self._period(index)
            return index + 1
        if line.quantity(index) is not None:
            self.frames[index] = self.frame
            if index in self.done:
                return index + 1
            after = figures.quantity(self, index)
            self.flow_since = False
            return after
        if token.has("OFWHICH") and not token.has("SHARE"):
            self.nested = True
            return index + 1
        if token.has("WORTH") and self.last == "price":
            self.last = ""
        if token.has("POP") and not token.has("YOY"):
            self.pop = True
        elif token.has("YOY"):
            self.pop = False
        if token.has("STANCE"):
            self._stance(index)
        if token.has("RECALL") and self.memory.last_partner:
            self.frame = self.frame.put("partner", self.memory.last_partner)
            return index + 1
        if token.has("FORMER") and self._former(index):
            return index + 1
        if token.has("WHOLE") and not token.has("PLACE"):
            self._whole(index)
            return index + 1
        if line.axis(index) is not None:
            if line.lang == "zh" and self._in_whole(index):
                return index + 1
            return self._names(index)
        return index + 1

    def _semicolon(self) -> None:
        self.base = None
        self.pop = False
        self.nested = False
        self.stance = "reported" if self.line.lang == "zh" else self.stance

    def _stance(self, index: int) -> None:
        kind = str(self.line.tokens[index].kinds["STANCE"])
        if near(self.line, ahead(self.line, index), "STANCE") is None or True:
            self.stance = kind

    def frame_at(self, index: int) -> Frame:
        """Return the frame that was in force at a token."""
        return self.frames.get(index, self.frame)

    def resolve(self, index: int) -> Period | None:
        """Return the period that a token names."""
        when = self.line.tokens[index].kinds["PERIOD"]
        assert isinstance(when, When)
        return periods.resolve(when, self.published, None, self.frame.period)

    # --- periods -------------------------------------------------------------------------------------

    def _is_base(self, index: int) -> bool:
        return periods.is_base(self.line.folded, self.line.tokens[index].start, self.line.tokens[index].end, self.line.lang)

    def _period(self, index: int) -> None:
        line, token = self.line, self.line.tokens[index]
        when = token.kinds["PERIOD"]
        assert isinstance(when, When)
        if when.kind == "date" or (when.kind == "same" and line.lang == "en" and len(self.drafts) > self.opened):
            return
        period = periods.resolve(when, self.published, self.year, self.frame.period or self.topic.frame.period, self.topic.fiscal)
        if when.kind == "same" and self.began_paragraph and line.lang == "zh" and self.memory.frame.period is not None:
            period = self.memory.frame.period
        if period is None:
            return
        if token.reason is Reason.ORDINAL:
            self.plan = period
        if when.kind == "year" and when.rel == 0 and self.published and period.last > self.published and self.frame.period and self.frame.period.last.year == period.last.year and self.stance == "reported":
            return
        if self._is_base(index):
            token.kinds["BASEPERIOD"] = period
            self.base = period
            return
        if line.lang == "zh" and re.match(r"(?:的)?(?:第|届)", line.folded[token.end : token.end + 2]):
            return
        if when.year is not None or when.rel is not None:
            self.year = period.last.year
        if when.kind == "year" and index + 1 < len(line.tokens):
            # "2025年...前三季度": the longer word decides
            nxt = line.tokens[index + 1].kinds.get("PERIOD")
            if isinstance(nxt, When) and nxt.kind == "span" and nxt.year is None and line.gap(index).strip() in ("", ",", "的"):
                return
        if self._trails(index, period):
            return
        if when.kind == "month_of" and self.frame.period and self.frame.period.first.month != self.frame.period.last.month:
            pass
        self.pop, self.dated = False, True
        self.frame = replace(self.frame, period=period)
        self.pending = [replace(f, period=period) for f in self.pending]

    def _trails(self, index: int, period: Period) -> bool:
        """English puts a period behind the figures it is about: give it to those just read."""
        line = self.line
        if line.lang != "en":
            return False
        mine = self.drafts[self.opened :]
        before = max((line.tokens[j].end for j in range(index) if line.tokens[j].has("PERIOD")), default=line.tokens[0].start)
        starts = index == 0 or line.chunk[index - 1] != line.chunk[index]
        more = any(line.quantity(k) is not None and not line.tokens[k].reason for k in range(index + 1, len(line.tokens)))
        if not mine or (starts and more and not re.match(r"\s*(?:[,;(]\s*$|,\s*(?:up|down|an?|or|rising|falling|represent|which|with|while|year)\b)", line.gap(index))):
            return False
        at = line.tokens[index].start
        clause_start = max((line.tokens[j].start for j in range(index) if line.clause[j] != line.clause[index]), default=-1)
        first = True
        last = mine[-1]
        lead = line.folded[max(0, last.token.start - 60) : last.token.start].lower()
        if line.chunk[index] == next((line.chunk[j] for j, t in enumerate(line.tokens) if t is last.token), -1) and _ASIDE.search(lead):
            last.frame, last.dated = replace(last.frame, period=period), True
            return True
        for draft in reversed(mine):
            place = draft.token.start
            if place < before and (draft.dated or not first):
                break
            if place <= clause_start:
                break
            if draft.dated and place < before:
                break
            here = next((line.chunk[j] for j, t in enumerate(line.tokens) if t is draft.token), -1)
            if here == line.chunk[index] or (not draft.dated and draft.measure not in ("rank", "streak")):
                draft.frame = replace(draft.frame, period=period)
                draft.dated = True
            first = False
        del at
        self.levels = [replace(f, period=period) if n == len(self.levels) - 1 else f for n, f in enumerate(self.levels)]
        return False

    def _in_whole(self, index: int) -> bool:
        """Chinese: True inside the words that name a whole or a standard (占全市出口的…, 比全省高…)."""
        line = self.line
        nxt = index + 1
        q = line.quantity(nxt)
        if q is not None and q.cls == "rank" and line.axis(index) == "place" and not line.gap(index).strip() and not self._is_partner(index):
            return True
        if line.axis(index) == "place" and line.folded[line.tokens[index].start - 1] in "在居列" and not self._is_partner(index) and any(
            (r := line.quantity(k)) is not None and r.cls == "rank" for k in range(index + 1, min(index + 3, len(line.tokens))) if line.chunk[k] == line.chunk[index]
        ):
            return True
        for j in range(index - 1, -1, -1):
            if line.chunk[j] != line.chunk[index] or line.quantity(j) is not None:
                return False
            token, text = line.tokens[j], line.text(j)
            if token.has("SHARE"):
                return text not in ("占比", "比重", "份额", "比例", "占比达") or line.folded[line.tokens[index].start - 1] == "在"
            if token.has("CONTRIB") and text not in ("带动", "推动"):
                return True
            if token.has("GAP") or (text in ("比", "较") and self._pp_ahead(index)):
                return True
            if text == "对" or (token.has("TOPWORD") and line.axis(index) == "place"):
                return token.has("TOPWORD")
        head = line.folded[max(0, line.tokens[index].start - 3) : line.tokens[index].start]
        if head.endswith("对") or "对" in head:
            return any(line.tokens[k].has("CONTRIB") for k in range(index + 1, len(line.tokens)) if line.chunk[k] == line.chunk[index])
        return False

    def _pp_ahead(self, index: int) -> bool:
        line = self.line
        for k in range(index + 1, len(line.tokens)):
            if line.chunk[k] != line.chunk[index]:
                return False
            q = line.quantity(k)
            if q is not None:
                return q.cls == "pp"
        return False

    # --- names ---------------------------------------------------------------------------------------

    def _lead(self, index: int) -> str:
        return self.line.folded[max(0, self.line.tokens[index].start - 6) : self.line.tokens[index].start]

    def _is_partner(self, index: int) -> bool:
        """Decide whether a place is traded with (True) or reports (False)."""
        line, token = self.line, self.line.tokens[index]
        place = place_of(token)
        assert place is not None
        if token.has("PARTNER_SHORT") or place.reporter is None:
            return True
        if place.partner is None:
            return bool(line.lang == "zh" and self._lead(index)[-1:] in ("对", "自", "向") and place.kind not in ("zone", "new area", "district"))
        if place.reporter == self.topic.frame.reporter:
            return False
        if place.partner == "China" and self.topic.nation == "China":
            return False
        return not (self.topic.frame.reporter is None)

    def _names(self, index: int) -> int:
        line = self.line
        axis = line.axis(index)
        members = line.names(index)
        last = members[-1]
        if axis == "place":
            return self._places(index, members)
        if axis == "flow":
            return self._flows(index, members)
        assert axis is not None
        if self._explains(index, last):
            return last + 1
        if line.lang == "en" and self.fresh and axis in self.frame.named and re.search(r"(?:including|such as|namely|like)\s(?:the\s)?$", line.folded[max(0, line.tokens[index].start - 14) : line.tokens[index].start].lower()):
            return last + 1
        kind = next(k for k, a in NAME_KINDS.items() if a == axis)
        values = [str(line.tokens[m].kinds.get(kind)) for m in members]
        if line.lang == "zh" and line.text(last).endswith(("出口", "进口")):
            said = "trade" if line.text(last).endswith("进出口") else "exports" if line.text(last).endswith("出口") else "imports"
            self.frame, self.flow_named = replace(self.frame, flow=said), True
        if line.lang == "en" and self._followed(index, last, axis, values):
            return last + 1
        if line.lang == "zh" and len(values) > 1 and last + 1 < len(line.tokens) and line.axis(last + 1) == axis and re.match(r"(?:等|这|等主要|等传统|这类|等新|等\w{1,4})?\"?$", line.gap(last)):
            # 手机、电脑等机电产品: the list only explains the group behind it
            return last + 1
        self._set(axis, values)
        return last + 1

    def _explains(self, index: int, last: int) -> bool:
        """True for the names in brackets that say what a group is: "new three" (A, B and C)."""
        line = self.line
        if index == 0 or line.axis(index) != line.axis(index - 1):
            return False
        gap, tail = line.gap(index - 1), line.folded[line.tokens[last].end : line.tokens[last].end + 3]
        return "(" in gap and ")" in tail

    def _followed(self, index: int, last: int, axis: str, values: list[str]) -> bool:
        """English: a name after a figure ("2 tonnes of tea", "3% to Japan,") belongs to that figure."""
        line = self.line
        before = index - 1
        while before >= 0 and line.tokens[before].has("TO", "BASE", "CONNECT", "OFWHICH", "ANAPHOR", "WORTH", "HEDGE") and line.quantity(before) is None and line.chunk[before] == line.chunk[index]:
            before -= 1
        q = line.quantity(before) if before >= 0 else None
        if q is None or line.tokens[before].reason or not self.drafts or line.chunk[before] != line.chunk[index]:
            return False
        if self.drafts[-1].token is not line.tokens[before] or len(values) > 1:
            return False
        between = line.folded[line.tokens[before].end : line.tokens[index].start].lower()
        if not re.search(r"\b(?:of|worth of|to|with|from|in|into|for|by|on|through|via)\s+(?:the\s|its\s|other\s|all\s|which\s)?$", between) or re.search(r",|\band\b|;", between):
            return False
        made_of = re.search(r"\bof\s+(?:the\s)?$", between) and q.cls in ("qty", "money") and axis == "product"
        # a verb or figure right behind the name makes it the subject of what follows
        nxt = last + 1
        if nxt < len(line.tokens) and line.chunk[nxt] == line.chunk[last] and not made_of:
            token = line.tokens[nxt]
            if (token.has("RISE", "FALL", "TO", "SHARE") and not token.has("BASE")) or (line.quantity(nxt) is not None and not token.reason):
                return False
        draft = self.drafts[-1]
        if axis == "product" and draft.measure not in ("quantity", "value", "price", "value_yoy", "quantity_yoy"):
            return False
        if getattr(draft.frame, axis) != DEFAULT[axis] and axis in draft.frame.named and axis in self.explicit and not made_of:
            return False
        draft.frame = draft.frame.put(axis, values[0])
        self.frame = self.frame.put(axis, values[0])
        if self.levels:
            self.levels[-1] = draft.frame
        return True

    def _set(self, axis: str, values: list[str]) -> None:
        """Put names into the frame; a new noun phrase drops the details of the one before."""
        frame = self.frame
        if not self.fresh and not self.nested:
            frame = self._renew(frame, axis)
        elif not self.fresh and self.nested:
            frame = replace(frame, named=frame.named)
        if len(values) > 1 or self.fresh is False:
            self.pending = []
        if self.fresh and len(self.pending) > 1 and len(values) == 1:
            # a list is being built: "对东盟、欧盟出口手机"
            self.pending = [f.put(axis, values[0]) for f in self.pending]
            self.frame = frame.put(axis, values[0])
            self.last = ""
            return
        self.frame = frame.put(axis, values[-1] if len(values) == 1 else values[0])
        if len(values) > 1:
            self.pending = [frame.put(axis, v) for v in values]
            self.spread = 0
        else:
            self.pending = []
        self.fresh, self.last = True, ""
        self.explicit.add(axis)

    def _renew(self, frame: Frame, axis: str) -> Frame:
        """Begin a new noun phrase: same field replaces, another field starts afresh."""
        if axis in frame.named and axis in frame.details():
            keep = tuple(a for a in frame.named if a != axis and a in frame.details())
            fresh = frame.reset(self.topic.frame, keep=keep)
            return fresh
        fresh = frame.reset(self.topic.frame)
        return replace(fresh, flow=self.topic.frame.flow) if axis in ("regime", "enterprise") and self.line.lang == "en" else fresh

    def _places(self, index: int, members: list[int]) -> int:
        line = self.line
        token = line.tokens[index]
        place = place_of(token)
        assert place is not None
        last = members[-1]
        if line.lang == "en" and self.memory.paragraph >= 0 and place.kind not in ("group", "open group", "world") and re.match(r"\s(?!Initiative|Province|City|Region|Autonomous|Municipality|Special|Trade|Foreign|Imports|Exports|Total|Customs|District|County)[A-Z][a-z]+", line.text_gap(last)) and not token.has("ADJECTIVE"):
            return last + 1
        if token.has("ADJECTIVE") and not (last + 1 < len(line.tokens) and line.tokens[last + 1].has("FLOW", "RISE", "FALL", "PRODUCT")):
            return index + 1
        if last + 1 < len(line.tokens) and line.tokens[last + 1].has("CUSTOMS") and len(line.gap(last).strip()) == 0:
            return last + 1
        after = line.folded[token.end : token.end + 4]
        if line.lang == "zh" and after.startswith("海关") and after != "海关关区":
            return last + 1
        if line.lang == "zh" and re.search(r"(?:超越|超过|取代|仅次于|领先|反超|居于)$", line.folded[max(0, token.start - 3) : token.start]) and self._is_partner(index):
            return last + 1
        if line.lang == "zh" and place.reporter and after.startswith(("关区", "海关关区")):
            self.frame = replace(self.frame, reporter=f"{place.reporter} customs district")
            return last + 1
        if line.lang == "en" and index <= 1 and line.folded[token.start : token.end].isupper() and last + 1 < len(line.tokens) and line.tokens[last + 1].has("PERIOD") and len(line.gap(last)) <= 4 and place.kind in ("city", "county-level city"):
            # a dateline, not the subject
            return last + 1
        if line.lang == "en" and self.fresh and index and self.frame.reporter and _within(self.frame.reporter, place.reporter) and line.chunk[index - 1] == line.chunk[index] and line.axis(index - 1) == "place":
            return last + 1
        if line.lang == "en" and last + 1 < len(line.tokens) and len(line.gap(last)) <= 3 and (inner := place_of(line.tokens[last + 1])) is not None and inner.reporter and _within(inner.reporter, place.reporter):
            return last + 1
        head = line.folded[max(0, token.start - 18) : token.start].lower()
        if line.lang == "en" and re.search(r"\b(?:after|behind|ahead of|besides|unlike|overtaking|replacing|surpassing|by|among)\s(?:the\s)?$", head):
            return last + 1
        partners = [m for m in members if self._is_partner(m)]
        if partners and len(partners) == len(members):
            values = [place_of(line.tokens[m]).partner or place_of(line.tokens[m]).reporter or "" for m in members]  # type: ignore[union-attr]
            if values == [self.topic.frame.reporter]:
                if not (line.lang == "zh" and line.text(index).startswith("中") and self.topic.nation != "China"):
                    return last + 1
                values = ["China"]
            if line.lang == "en" and self._followed(index, last, "partner", values):
                return last + 1
            self._set("partner", values)
            return last + 1
        if partners:
            values = []
            for m in members:
                p = place_of(line.tokens[m])
                if p and m in partners:
                    values.append(p.partner or "")
            if values and not self.fresh:
                self._set("partner", values)
            elif values:
                self.frame = self.frame.put("partner", values[0])
            reporters = [place_of(line.tokens[m]).reporter for m in members if m not in partners]  # type: ignore[union-attr]
            if reporters and reporters[0]:
                self.frame = replace(self.frame, reporter=reporters[0])
            return last + 1
        values = [place_of(line.tokens[m]).reporter or "" for m in members]  # type: ignore[union-attr]
        if len(values) > 1 and any(topics.parents().get(a) in values for a in values):
            # "Yiwu, Jinhua, Zhejiang" is one place and what contains it
            values = values[:1]
        frame = self.frame
        if line.lang == "en" and len(values) == 1 and values[0] != frame.reporter and not self._subject(index, last):
            return last + 1
        if not self.fresh:
            frame = frame.reset(self.topic.frame)
            self.pending = []
        elif values[0] != frame.reporter and not self.explicit:
            frame = frame.reset(self.topic.frame)
        self.frame = replace(frame, reporter=values[0])
        if len(values) > 1:
            self.pending = [replace(frame, reporter=v) for v in values]
            self.spread = 0
        self.fresh, self.last = True, ""
        return last + 1

    def _subject(self, index: int, last: int) -> bool:
        """English: True where a place is what the clause is about, not a word beside something else."""
        line = self.line
        if index <= 1 or line.chunk[index - 1] != line.chunk[index]:
            return True
        nxt = last + 1
        if nxt >= len(line.tokens) or len(line.gap(last)) > 24 or line.chunk[nxt] != line.chunk[last]:
            return bool(re.search(r"\b(?:of|in|for)\s(?:the\s(?:city|province|region)\sof\s)?$", line.folded[max(0, line.tokens[index].start - 26) : line.tokens[index].start].lower()) and line.tokens[index - 1].has("FLOW"))
        return line.tokens[nxt].has("FLOW", "RISE", "FALL", "TO", "SHARE", "PRODUCT", "ENTERPRISE", "REGIME", "CUSTOMS", "PERIOD")

    def _flows(self, index: int, members: list[int]) -> int:
        line = self.line
        values = [str(line.tokens[m].kinds["FLOW"]) for m in members]
        text = line.text(index).lower()
        if line.lang == "en":
            if text in ("sales", "sold", "business", "dealings", "purchases", "purchase", "turnover", "sells", "buys", "shipped", "ships", "trading volume", "bought", "purchased") and near(line, list(range(index)), "NOTTRADE", "COMPANY") is not None:
                return index + 1
            if values[0] == "trade" and self.frame.flow == "balance" and self.fresh and re.search(r"\b(?:on|in|of|for)\s(?:the\s|total\s)?$", line.folded[max(0, line.tokens[index].start - 12) : line.tokens[index].start].lower()):
                return members[-1] + 1
            if text in ("export", "import", "trade") and re.match(r"\s(?:orders|growth target|zone|zones|fair|expo|war|union|representative|deal|agreement|talks|ties|tensions|routes?|partners?|policy|destination|market|conditions|control|controls|licen[cs]e|barriers|hub|center|centre|park|base|declaration|companies|enterprises|firms|entities|performance|records?|facilitation|corridor)\b", line.gap(index)):
                if text == "trade" or not re.match(r"\s(?:growth target|market|destination)", line.gap(index)):
                    return index + 1
        if line.lang == "en" and self._flow_behind(index, members, values):
            return members[-1] + 1
        if not self.fresh and len(values) >= 1:
            self.pending = []
        frame = self.frame
        if len(members) > 1 and len(set(values)) > 1:
            base = frame
            self.pending = [self._flow(base, v) for v in values]
            self.spread = 0
            self.frame = self.pending[0]
        else:
            self.frame = self._flow(frame, values[0])
            if len(self.pending) > 1:
                self.pending = [self._flow(f, values[0]) for f in self.pending]
        aside = line.lang == "en" and re.search(r"\b(?:with|in|of|have|had|having)\s(?:the\s|\w+\s)?$", line.folded[max(0, line.tokens[index].start - 20) : line.tokens[index].start].lower())
        if not (self.last == "count" and aside):
            self.last = ""
        ordered = _ORDERED.match(line.text(index).lower())
        self.pair = ordered.groups() if ordered else ()
        self.flow_named = self.flow_since = True
        self.explicit.add("flow")
        self.explicit_here.add("flow")
        return members[-1] + 1

    def _flow_behind(self, index: int, members: list[int], values: list[str]) -> bool:
        """English: "307.26 billion yuan in exports", "a 3-billion-dollar surplus"."""
        line = self.line
        mine = self.drafts[self.opened :]
        if not mine or len(values) > 1 or "flow" in self.explicit_here:
            return False
        draft = mine[-1]
        at = next((k for k in range(index - 1, -1, -1) if line.tokens[k] is draft.token), None)
        if at is None or line.chunk[at] != line.chunk[index] or draft.measure not in ("value", "quantity", "value_yoy"):
            return False
        if any(line.axis(k) is not None for k in range(at + 1, index)):
            return False
        between = line.folded[draft.token.end : line.tokens[index].start].lower()
        balance = values[0] in ("surplus", "deficit")
        verb = line.text(index).lower() in ("exported", "imported") and re.match(r"\s(?:were\s|was\s)?$", between)
        growth = draft.measure.endswith("_yoy")
        pattern = r"[\s-](?:trade\s|in\s)?$" if balance else r"\s[^,;()]{0,30}\b(?:in|of|from)\s(?:the\s|its\s|total\s|goods\s|merchandise\s)?$" if growth else r"\s(?:worth\s|came\s)?(?:in|of|for|from)\s(?:the\s|its\s|total\s|goods\s)?$"
        if not verb and not re.match(pattern, between):
            return False
        if growth and not re.search(r"growth|increase|rise|decline|drop|fall|surge|jump|decrease|contraction|expansion|gain", between):
            return False
        if balance:
            draft.frame = self._flow(draft.frame, values[0])
            draft.value = abs(draft.value) * draft.frame.sign
        else:
            draft.frame = replace(draft.frame, flow=values[0])
        self.frame = replace(self.frame, flow=draft.frame.flow, sign=draft.frame.sign)
        self.flow_named = True
        if self.levels:
            self.levels[-1] = draft.frame
        if self.first_frame is not None and len(self.drafts) - self.opened == 1:
            self.first_frame = draft.frame
        del members
        return True

    def _flow(self, frame: Frame, value: str) -> Frame:
        if value in ("surplus", "deficit", "balance"):
            frame = frame.reset(self.topic.frame, keep=("partner",) if self.fresh else ())
            return replace(frame, flow="balance", sign=-1 if value == "deficit" else 1)
        return replace(frame, flow=value, sign=1)

    def _whole(self, index: int) -> None:
        """The place itself or the nation as the subject of what follows."""
        line = self.line
        value = line.tokens[index].kinds["WHOLE"]
        nxt = index + 1 if index + 1 < len(line.tokens) else None
        subject = nxt is not None and (line.tokens[nxt].has("FLOW", "RISE", "FALL") or line.axis(nxt) is not None or line.tokens[nxt].has("PERIOD"))
        if value == "nation" and subject and not self._compared(index) and not (line.lang == "zh" and self._in_whole(index)):
            frame = self.frame.reset(self.topic.frame) if not self.fresh or not self.explicit else self.frame
            self.frame = replace(frame, reporter=self.topic.nation)
            self.fresh, self.last = True, ""
        elif value == "self" and not self._compared(index) and not (line.lang == "zh" and self._in_whole(index)):
            if not self.fresh and subject:
                self.frame = self.frame.reset(self.topic.frame)
                self.pending = []
                self.fresh = True
            if self.frame.reporter is None or (subject and self.line.text(index) not in ("该区", "园区", "区内", "the zone", "the park", "该园区")):
                self.frame = replace(self.frame, reporter=self._own(index))

    def _own(self, index: int) -> str | None:
        main = self.memory.main
        return main.reporter if main is not None and main.reporter and self.anaphor else self.topic.frame.reporter

    def _compared(self, index: int) -> bool:
        head = self.line.folded[max(0, self.line.tokens[index].start - 8) : self.line.tokens[index].start]
        if self.line.lang == "zh":
            return bool(re.search(r"[占比较高低于快慢对跑赢领先居在列把将]\S{0,2}$", head))
        return bool(re.search(r"(?:than|of|above|below|with|in|outpac\w+|for|that of)\s(?:that of\s)?$", head))

    def _former(self, index: int) -> bool:
        which = str(self.line.tokens[index].kinds["FORMER"])
        items = self.pending if len(self.pending) > 1 else self.former or self.levels
        if len(self.levels) > 1 and len(items) < 2:
            items = self.levels
        if len(items) < 2:
            return False
        pick = {
            "former": items[:1], "first": items[:1], "latter": items[-1:], "last": items[-1:], "second": items[1:2], "third": items[2:3],
            "firsttwo": items[:2], "lasttwo": items[-2:],
        }[which]  # fmt: skip
        if not pick:
            return False
        self.former, self.recalled = items, True
        if self.flow_since and self.frame.flow:
            pick = [replace(f, flow=self.frame.flow) for f in pick]
        self.frame = pick[0]
        self.pending = list(pick) if len(pick) > 1 else []
        self.fresh, self.last, self.spread = True, "", 0
        return True
