"""All rules, found by looking into the folder `rules`, and how to run them."""

from __future__ import annotations

import importlib
import pkgutil
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from types import MappingProxyType
from typing import TYPE_CHECKING

import engine.validation.rules
from engine.validation.finding import Finding, Severity
from engine.validation.subject import Subject

if TYPE_CHECKING:
    from engine.document import Document
    from engine.validation.subject import Spot


@dataclass(frozen=True, slots=True)
class Flaw:
    """What a rule yields: what is wrong and where, and how to mend it in concrete words."""

    what: str
    at: Spot | None = None
    field: str | None = None
    mend: str = ""


Check = Callable[[Subject], Iterator[Flaw]]


@dataclass(frozen=True, slots=True)
class Rule:
    """A rule as declared: everything that `wayline explain CODE` says."""

    code: str
    severity: Severity
    title: str
    why: str
    mend: str
    check: Check

    def explanation(self) -> str:
        """Title, severity, reason and remedy as plain text."""
        return (
            f"{self.code} ({self.severity}): {self.title}\n"
            f"  Why it matters: {self.why}\n"
            f"  To mend it: {self.mend}"
        )


_RULES: dict[str, Rule] = {}


def rule(
    code: str, severity: Severity, title: str, *, why: str, mend: str
) -> Callable[[Check], Check]:
    """Declare the decorated function as the rule `code`."""

    def declare(check: Check) -> Check:
        if code in _RULES:
            raise ValueError(f"the code {code} is taken by “{_RULES[code].title}”")
        _RULES[code] = Rule(code, severity, title, why, mend, check)
        return check

    return declare


@cache
def rules_by_code() -> MappingProxyType[str, Rule]:
    """Every rule by its code, in the order of the codes."""
    for module in pkgutil.iter_modules(engine.validation.rules.__path__):
        importlib.import_module(f"{engine.validation.rules.__name__}.{module.name}")
    return MappingProxyType(dict(sorted(_RULES.items())))


def validate(document: Document) -> list[Finding]:
    """Everything that is wrong or doubtful in `document`.

    The worst come first, then in the order of the document: what concerns no single step,
    then step by step. Never raises, whatever the document refers to that does not exist.
    """
    subject = Subject(document)
    found = [
        (one.severity.rank, flaw.at.position if flaw.at else -1, _finding(one, flaw))
        for one in rules_by_code().values()
        for flaw in one.check(subject)
    ]
    found.sort(key=lambda entry: entry[:2])  # stable: within a step by code, then as found
    return [finding for *_, finding in found]


def has_errors(findings: Iterable[Finding]) -> bool:
    """Whether a journey with these findings cannot be planned, simulated or exported."""
    return any(finding.severity is Severity.ERROR for finding in findings)


def _finding(one: Rule, flaw: Flaw) -> Finding:
    return Finding(
        code=one.code,
        severity=one.severity,
        what=flaw.what,
        why=one.why,
        mend=flaw.mend or one.mend,
        step=flaw.at.step.id if flaw.at else None,
        field=flaw.field,
        graph=flaw.at.graph.id if flaw.at else None,
    )
