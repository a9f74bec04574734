"""Any page, line by line: where each meeting begins and ends."""

import re
from collections.abc import Sequence

from plaza.formats.page.dates import DAY_LABEL
from plaza.formats.page.drafts import Draft, Heading, Page, Part
from plaza.formats.page.entries import alternates, is_entry, is_sentence_heading
from plaza.formats.page.evidence import is_container, is_evident, is_programme
from plaza.formats.page.headings import after_date, clean, entry_title, quoted_in
from plaza.formats.page.lines import Line
from plaza.formats.page.sessions import take_session
from plaza.formats.page.shapes import (
    CHROME,
    FILE,
    NUMBERED,
    SERIES_WORD,
    WEEK,
    dates_of,
    is_date_line,
    is_detail,
    is_menu,
    is_offer_line,
    kind_in,
    repeated,
)
from plaza.formats.page.telling import CALL, OWN, tells
from plaza.formats.page.vocabulary import CONTAINERS


class Walk:
    """One pass; `walk` gives the page."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = list(lines)
        self.boiler = repeated(lines)
        self.breaks = sum(line.blanks_before >= 2 for line in lines) >= 2
        self.page = Page([], [])
        self.current: Draft | None = None
        self.years: tuple[int, ...] = ()
        self.week: Draft | None = None
        self.run = 0
        self.last_number: int | None = None
        self.series_title: str | None = None
        self.series_kind: str | None = None

    def walk(self) -> Page:
        at = 0
        while at < len(self.lines):
            at = self._step(at)
        return self.page

    def _step(self, at: int) -> int:
        line = self.lines[at]
        following = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if self.breaks and line.blanks_before >= 2:
            self._close()
        if re.fullmatch(r"(?:19|20)\d\d", line.text):
            self._close()
            self.years, self.week = (int(line.text),), None
            return self._aside(line, "heading: a year") + at
        if is_entry(self.lines, at, goes_on=self._goes_on()):
            self._close()
            self._start([line], entry_title(line.text), line)
            assert self.current is not None
            self.current.closed = True
            return at + 1
        if (label := DAY_LABEL.match(line.folded)) and self.week is not None and not is_date_line(line):
            title = clean(re.sub(r"^[\s.,:–—-]+", "", line.text[label.end() :]))
            self._close()
            self._start([line], title, line)
            self._day(line)
            return at + 1
        if is_offer_line(line):
            return self._keep_offer(line) + at
        if numbered := NUMBERED.match(line.folded):
            return self._numbered(line, numbered) + at
        if (
            is_date_line(line)
            and self._opens(line)
            and following is not None
            and following.blanks_before == 0
            and self._heads(at + 1)
        ):
            self._close()
            self._start([line, following], clean(following.text), following)
            self._day(line)
            return at + 2
        if self._heads(at):
            return self._heading(at)
        return self._body(line) + at

    def _heads(self, at: int) -> bool:
        """Whether the line may be the title of something."""
        line = self.lines[at]
        if is_sentence_heading(self.lines, at) or alternates(self.current, self.lines, at):
            return True
        if (
            not line.may_be_heading
            or line.folded in self.boiler
            or is_offer_line(line)
            or FILE.match(line.text)
            or CHROME.match(line.folded)
        ):
            return False
        if is_date_line(line) or is_menu(line) or "|" in line.text.replace(" | ", "", 1):
            return False
        if (
            line.blanks_before == 0
            and at > 0
            and not is_date_line(self.lines[at - 1])
            and not is_offer_line(self.lines[at - 1])
            and not line.level
        ):
            return False
        if not is_detail(line) or WEEK.search(line.folded) or after_date(line.text) is not None:
            return True
        # `Webinar, 12 de mayo`: below a title it tells what and when; alone it is all there is.
        below = at > 0 and (self.lines[at - 1].may_be_heading or is_detail(self.lines[at - 1]))
        return kind_in(line.folded) is not None and not below

    def _heading(self, at: int) -> int:
        line = self.lines[at]
        after = self.lines[at + 1 : at + 3]
        if self.current is not None and not self.current.closed and take_session(self.current, line):
            self.current.lines.append(line)
            return at + 1
        following = after[0] if after else None
        if following is not None and NUMBERED.match(following.folded) and self._is_only_a_title():
            return self._body(line) + at  # all that is said of a numbered meeting
        dated = any(said.weight > 1 for said in dates_of(line)) or (
            WEEK.search(line.folded) is not None and bool(dates_of(line))
        )
        counts = SERIES_WORD.search(line.folded) is not None and any(
            NUMBERED.match(each.folded) for each in self.lines[at + 1 : at + 4]
        )
        leads_on = following is not None and (counts or (not dated and self._leads(at)))
        if following is None or leads_on or self._is_no_meeting(at):
            self._close()
            self.years = tuple(said.year for said in dates_of(line) if said.year) or (
                self.years if not self.breaks else ()
            )
            if SERIES_WORD.search(line.folded) or (following is not None and SERIES_WORD.search(following.folded)):
                self._series(line)
            self.week = None
            return self._aside(line, "heading of a part of the page") + at
        if self.current is not None and not self.current.closed and self._is_session_heading(at):
            self.current.sessions.append(Part(line.text, [line]))
            self.current.lines.append(line)
            return at + 1
        self._close()
        beneath = after[0]
        if (
            dated
            and kind_in(line.folded)
            and len(after) > 1
            and after[1].bullet
            and not beneath.bullet
            and beneath.blanks_before
            and len(beneath.words) <= 28
        ):
            self._start([line, beneath], beneath.text.rstrip(" ."), beneath)
            assert self.current is not None
            self.current.host = line.text
            return at + 2
        self._start([line], clean(line.text), line)
        assert self.current is not None
        if WEEK.search(line.folded) and (dated or is_detail(after[0]) or is_date_line(after[0])):
            self.current.is_week = True
            self.week = self.current
        return at + 1

    def _series(self, line: Line) -> None:
        """The heading of meetings that are numbered below it."""
        self.series_title = quoted_in(line.text) or line.text
        kind = kind_in(line.folded)
        self.series_kind = kind if kind != "event" else None
        self.last_number = None

    def _leads(self, at: int) -> bool:
        """Whether what follows a heading is not its own text: another heading, or entries of one line."""
        line, following = self.lines[at], self.lines[at + 1]
        if is_entry(self.lines, at + 1, goes_on=False):
            return True
        if NUMBERED.match(following.folded) and following.blanks_before:
            return True
        if (
            (SERIES_WORD.search(line.folded) or SERIES_WORD.search(following.folded))
            and at + 2 < len(self.lines)
            and any(NUMBERED.match(each.folded) for each in self.lines[at + 1 : at + 4])
        ):
            return True
        if (
            is_date_line(following)
            and at + 2 < len(self.lines)
            and self._heads(at + 2)
            and self.lines[at + 2].blanks_before == 0
            and following.blanks_before
        ):
            return True
        return (
            following.blanks_before >= 1 and self._heads(at + 1) and not following.bullet and not is_detail(following)
        )

    def _is_no_meeting(self, at: int) -> bool:
        """A call, a form; or, before any meeting, what the network says of itself."""
        line, following = self.lines[at], self.lines[at + 1]
        if CALL.match(line.folded):
            return True
        return self._is_first() and OWN.search(following.folded[:160]) is not None

    def _is_session_heading(self, at: int) -> bool:
        """In a conference, a heading over a list of people, or over a paragraph of the same block."""
        assert self.current is not None
        line = self.lines[at]
        own = (kind_in(line.folded) in CONTAINERS and bool(dates_of(line))) or after_date(line.text) is not None
        own = own or any(said.weight > 1 for each in self.lines[at + 1 : at + 2] for said in dates_of(each))
        if own or not is_container(self.current) or (self.breaks and line.blanks_before >= 2):
            return False
        after = self.lines[at + 1] if at + 1 < len(self.lines) else None
        if after is None:
            return False
        if after.bullet:
            return True
        return self.breaks and self.current.title_line is not None and not self.current.title_line.may_be_heading

    def _numbered(self, line: Line, match: re.Match[str]) -> int:
        open_one = self.current if self.current is not None and not self.current.closed else None
        if open_one is not None and match["b"] and take_session(open_one, line):
            open_one.lines.append(line)
            return 1
        number = int(next(filter(None, match.groups())))
        in_run = self.last_number is not None and number in (self.last_number + 1, self.last_number + 2)
        if self.current is not None and match["b"] and not in_run and number != 1:
            return self._body(line)
        if not in_run:
            self.run += 1
            self.series_kind = self.series_kind if self.series_title else None
            if self.series_title:
                self.page.series_headings[self.run] = self.series_title
        self._close()
        self._start([line], clean(line.text[match.end() :]), line)
        assert self.current is not None
        self.current.number, self.current.run, self.current.kind = number, self.run, self.series_kind
        self.last_number, self.series_title = number, None
        return 1

    def _body(self, line: Line) -> int:
        """A line that is no heading: more of the meeting, a meeting without a title, or the page's own text."""
        current = self.current
        if FILE.match(line.text) or (CHROME.match(line.folded) and len(line.words) <= 12) or is_menu(line):
            self._close()
            return self._aside(line, "menu")
        if current is not None and not current.closed:
            if take_session(current, line):
                current.lines.append(line)
                return 1
            alone = current.title is None and not current.sessions
            fresh = (
                line.is_prose
                and line.blanks_before >= 1
                and tells(line, is_first=self._is_first())
                and (alone or self._is_another(line))
            )
            if not fresh:
                (current.sessions[-1].lines if current.sessions else current.lines).append(line)
                if current.sessions:
                    current.lines.append(line)
                return 1
            self._close()
        if self.series_title is not None:
            self.years = tuple(said.year for said in dates_of(line) if said.year) or self.years
            self.series_kind = self.series_kind or kind_in(line.folded)
            return self._aside(line, "heading of a series")
        if line.is_prose and tells(line, is_first=self._is_first()):
            self._close()
            self._start([line], None, None)
            return 1
        if (
            current is not None
            and not (self.breaks and line.blanks_before >= 2)
            and (not current.closed or line.blanks_before == 0)
        ):
            current.lines.append(line)
            return 1
        own = self.last_number is None and not self.page.drafts
        return self._aside(line, "the network's own text" if own else "no meeting here")

    def _is_another(self, line: Line) -> bool:
        """A paragraph below a meeting that has told its date tells another one, or of somebody else's week."""
        assert self.current is not None
        if self.current.sessions or is_programme(self.current):
            return False
        told = {
            (said.year, said.month, said.day)
            for each in self.current.lines
            for said in dates_of(each)
            if said.weight > 1
        }
        its = {(said.year, said.month, said.day) for said in dates_of(line) if said.weight > 1 or said.season}
        hosted = WEEK.search(line.folded) is not None and bool(dates_of(line))
        return bool(told) and ((bool(its) and not its & told) or hosted)

    def _is_only_a_title(self) -> bool:
        return self.current is not None and self.current.run is not None and len(self.current.lines) == 1

    def _is_first(self) -> bool:
        """Whether no meeting was told of yet."""
        return not any(map(is_evident, self.page.drafts))

    def _goes_on(self) -> bool:
        """Whether the line above was a whole meeting."""
        return self.current is not None and self.current.closed and len(self.current.lines) == 1

    def _keep_offer(self, line: Line) -> int:
        if self.current is None:
            return self._aside(line, "links of nobody's meeting")
        self.current.lines.append(line)
        self.current.closed = not self.current.is_week and not is_container(self.current)
        return 1

    def _opens(self, line: Line) -> bool:
        return line.blanks_before >= 1 or self.current is None or self.current.closed

    def _day(self, line: Line) -> None:
        if self.current is not None and self.week is not None and (label := DAY_LABEL.match(line.folded)):
            self.current.day = int(label["day"])

    def _start(self, lines: list[Line], title: str | None, title_line: Line | None) -> None:
        self.current = Draft(lines, title, title_line or lines[0], section_years=self.years)
        if self.week is not None and self.current is not self.week:
            self.current.within = self.week
            self.current.host = self.week.title
        self.page.drafts.append(self.current)

    def _close(self) -> None:
        self.current = None

    def _aside(self, line: Line, why: str) -> int:
        around = self.page.around
        if around and around[-1].why == why and around[-1].lines[-1].number + 3 > line.number:
            around[-1].lines.append(line)
        else:
            around.append(Heading([line], why))
        return 1
