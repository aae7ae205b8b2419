"""What the public may read of something that touches a line whose content is excluded: that it
exists, where, and which agencies of the government it concerns; not what the other side plans."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from rakorsus.people.models import Agency
from rakorsus.stages.findings.models import Finding, FindingAgency, FindingProgram
from rakorsus.stages.meeting.models import AgendaItem, Meeting
from rakorsus.stages.publication.queries import classes


@dataclass
class Masker:
    """Answers for findings by primary key; made with a constant number of queries."""

    secret: frozenset[int] = frozenset()
    kinds: dict[int, str] = field(default_factory=dict)
    where: dict[int, str] = field(default_factory=dict)
    sides: dict[int, list[str]] = field(default_factory=dict)
    regions: dict[int, list[str]] = field(default_factory=dict)

    @classmethod
    def of(cls, findings: Iterable[int]) -> Masker:
        ids = {pk for pk in findings if pk}
        lines = FindingProgram.objects.filter(finding__in=ids).values_list("finding", "program")
        of_line: dict[int, set[int]] = defaultdict(set)
        for finding, program in lines:
            of_line[program].add(finding)
        hidden = classes.hidden_among(set(of_line))
        secret = frozenset(f for line in hidden for f in of_line[line])
        made = cls(secret)
        for finding in Finding.objects.filter(pk__in=ids).only("pk", "kind", "place", "regions"):
            made.kinds[finding.pk] = str(finding.get_kind_display())
            made.where[finding.pk] = finding.place
            made.regions[finding.pk] = list(finding.regions)
        sides = FindingAgency.objects.filter(finding__in=ids).order_by("agency__code")
        for pk, code, kind in sides.values_list("finding", "agency__code", "agency__kind"):
            if pk in secret and kind == Agency.Kind.OUTSIDE:
                continue
            made.sides.setdefault(pk, []).append(code)
        return made

    @classmethod
    def of_meeting(cls, meeting: Meeting) -> Masker:
        desks = AgendaItem.objects.filter(session__meeting=meeting).exclude(finding=None)
        asked = set(desks.values_list("finding", flat=True))
        asked |= set(meeting.resolutions.exclude(finding=None).values_list("finding", flat=True))
        return cls.of(asked)

    def text(self, finding: int | None, text: str) -> str:
        """The text, or that something exists there."""
        if finding is None or finding not in self.secret:
            return text
        place = self.where.get(finding, "")
        at = _(" di %(place)s") % {"place": place} if place else ""
        kind = self.kinds.get(finding, "")
        return _("%(kind)s dengan pekerjaan yang rinciannya dikecualikan%(at)s") % {
            "kind": kind, "at": at,
        }  # fmt: skip

    def generic(self) -> str:
        """What is said of something that changes such a line itself."""
        return _("Keputusan tentang pekerjaan yang rinciannya dikecualikan")

    def agencies(self, finding: int | None) -> list[str]:
        return self.sides.get(finding, []) if finding else []

    def places(self, finding: int | None) -> list[str]:
        return self.regions.get(finding, []) if finding else []
