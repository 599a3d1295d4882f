"""What menus and AI agents keep from people, truly or falsely."""

from __future__ import annotations

from typing import Final

from simulator.kpis.registry import Pair, count, kpi
from simulator.measured import Measured
from simulator.records import Mark

ORDER: Final = 60


@kpi(
    "containment",
    "Containment, resolved",
    "share",
    "contact",
    "contacts resolved in automation and not offered to people ÷ contacts that entered automation",
    source="Automation is a menu or an AI agent. Vendors mostly report the raw rate.",
    headline=True,
    better="higher",
)
def _containment(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED) & ~m.marked(Mark.OFFERED)
    return count(kept & m.marked(Mark.RESOLVED)), count(m.marked(Mark.AUTOMATED))


@kpi(
    "containment_raw",
    "Containment, raw",
    "share",
    "contact",
    "contacts not offered to people, hang-ups included ÷ contacts that entered automation",
)
def _containment_raw(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED) & ~m.marked(Mark.OFFERED)
    return count(kept), count(m.marked(Mark.AUTOMATED))


@kpi(
    "containment_verified",
    "Containment, verified",
    "share",
    "contact",
    "contacts resolved in automation with no later contact about the same issue ÷ "
    "contacts that entered automation",
    censoring="Later contacts within the run; there is none after it.",
    better="higher",
)
def _containment_verified(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED, Mark.RESOLVED) & ~m.marked(Mark.OFFERED)
    return count(kept & ~m.has_later), count(m.marked(Mark.AUTOMATED))


@kpi(
    "false_containment",
    "False containment",
    "share",
    "contact",
    "contained but not resolved ÷ contacts that automation took for resolved",
    better="lower",
)
def _false_containment(m: Measured) -> Pair:
    kept = m.marked(Mark.AUTOMATED) & ~m.marked(Mark.OFFERED)
    falsely = kept & m.marked(Mark.FALSELY_CONTAINED)
    return count(falsely), count(kept & (m.marked(Mark.RESOLVED) | falsely))


@kpi(
    "self_service_rate",
    "Self-service rate",
    "share",
    "issue",
    "issues resolved with no person ÷ all issues",
    source="Its denominator is issues, that of containment is contacts.",
    headline=True,
    better="higher",
)
def _self_service(m: Measured) -> Pair:
    own = m.issues
    resolved = own.having(own.marked(Mark.RESOLVED))
    helped = own.having(own.marked(Mark.ANSWERED))
    return count(resolved & ~helped), float(own.count)


@kpi(
    "escalation_rate",
    "Escalation rate",
    "share",
    "contact",
    "contacts that entered automation and were offered to people ÷ contacts that entered "
    "automation",
    source="1 less the raw containment. Handing over to people is no transfer.",
)
def _escalation(m: Measured) -> Pair:
    automated = m.marked(Mark.AUTOMATED)
    return count(automated & m.marked(Mark.OFFERED)), count(automated)


@kpi(
    "misrecognised_rate",
    "Misrecognised",
    "share",
    "contact",
    "contacts whose need an AI agent did not recognise ÷ contacts that entered automation",
    source="Contacts that only saw a menu, or an AI agent without intents, are in the denominator.",
    better="lower",
)
def _misrecognised(m: Measured) -> Pair:
    return count(m.marked(Mark.MISRECOGNISED)), count(m.marked(Mark.AUTOMATED))
