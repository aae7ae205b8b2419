"""The lines that have a subject of their own, by their subject; kept line by line."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from typing import Final

from rakorsus.engine.pairs.lines import Line
from rakorsus.engine.pairs.texts import Texts
from rakorsus.engine.pairs.topics import SINGLE, subject
from rakorsus.engine.records import Level
from rakorsus.engine.sentences import proper
from rakorsus.engine.words import stems

_SERVICES: Final = frozenset({"study", "train", "inform", "event", "aid"})
_LEAST: Final = 20_000_000  # rupiah: below this a desk slot costs more than it saves
_OVERSIGHT: Final = ("4.02.", "6.01.")  # the council's and the inspectorate's: every subject
_COMMON: Final = 5  # agencies that bear a title before it counts as a standard task

_Title = tuple[str, str]  # government and activity


class Subjects:
    """Lines by subject: no support, no series, no overhead, no standard task.

    `texts` are their distinct subjects.
    """

    def __init__(self, regions: Mapping[str, str]) -> None:
        self._regions = regions
        self.texts = Texts()
        self._titles: dict[str, tuple[_Title, str]] = {}  # every line's title and house
        self._owners: dict[_Title, Counter[str]] = {}
        self._about: dict[str, str] = {}  # subjects of lines that may be chosen
        self._bearers: dict[_Title, set[str]] = defaultdict(set)  # those lines by title
        self._chosen: dict[str, set[str]] = {}

    def put(self, line: Line) -> None:
        """Let a line in, or in its new state."""
        self.drop(line.key)
        title = (line.government, line.text)
        self._titles[line.key] = (title, line.family)
        owners = self._owners.setdefault(title, Counter())
        owners[line.family] += 1
        if len(owners) == _COMMON and owners[line.family] == 1:
            for key in self._bearers[title]:
                self._leave(key)
        if about := self._subject(line):
            self._about[line.key] = about
            self._bearers[title].add(line.key)
            if len(owners) < _COMMON:
                self._join(line.key)

    def drop(self, key: str) -> None:
        """Forget a line."""
        if key not in self._titles:
            return
        title, family = self._titles.pop(key)
        owners = self._owners[title]
        if key in self._about:
            self._leave(key)
            self._bearers[title].discard(key)
            del self._about[key]
        owners[family] -= 1
        if not owners[family]:
            del owners[family]
            if len(owners) == _COMMON - 1:
                for other in self._bearers[title]:
                    self._join(other)
            if not owners:
                del self._owners[title]
                self._bearers.pop(title, None)

    def settle(self) -> None:
        """Nothing is left behind by a change."""

    def about(self, key: str) -> str | None:
        """The subject of a line; None for a line that has none of its own."""
        text = self._about.get(key)
        return text if text is not None and key in self._chosen.get(text, ()) else None

    def lines(self, text: str) -> list[str]:
        """The lines with a subject, in order."""
        return sorted(self._chosen.get(text, ()))

    def having(self, words: Iterable[str]) -> set[str]:
        """The lines whose subject has one of these words."""
        return {k for word in words for text in self.texts.having(word) for k in self._chosen[text]}

    def rare(self, word: str) -> bool:
        """Whether few subjects have the word."""
        return len(self.texts.having(word)) <= max(4, len(self.texts) // 60)

    def near(self, text: str) -> Iterator[str]:
        """Other subjects that share a word which alone says what it is about, or two words of
        which one is rare."""
        words = set(text.split())
        telling = [w for w in words if w in SINGLE or self.rare(w)]
        seen = {text}
        for other in (other for word in telling for other in self.texts.having(word)):
            if other not in seen:
                seen.add(other)
                shared = words.intersection(other.split())
                if len(shared) > 1 or shared & SINGLE:
                    yield other

    def _join(self, key: str) -> None:
        text = self._about[key]
        if text not in self._chosen:
            self._chosen[text] = set()
            self.texts.add(text)
        self._chosen[text].add(key)

    def _leave(self, key: str) -> None:
        text = self._about[key]
        if key in self._chosen.get(text, ()):
            self._chosen[text].discard(key)
            if not self._chosen[text]:
                del self._chosen[text]
                self.texts.remove(text)

    def _subject(self, line: Line) -> str:
        """What a line is about, when it may be chosen; otherwise nothing."""
        if line.support or line.overhead or line.series or line.money < _LEAST:
            return ""
        if (line.code or "").startswith(_OVERSIGHT):
            return ""
        if line.level == Level.PAKET and line.stage not in _SERVICES:
            return ""
        if line.level not in (Level.PAKET, Level.SUB_KEGIATAN):
            return ""
        return without_places(line, self._regions)


def without_places(line: Line, regions: Mapping[str, str]) -> str:
    """The subject of a line without the names of the regions in which it works."""
    codes = {anchor.region for anchor in line.anchors}
    codes |= {code.rpartition(".")[0] for code in codes}
    names = {s for c in codes for s in stems(proper(regions.get(c, c)).lower())}
    return " ".join(w for w in subject(line.text).split() if w not in names)
