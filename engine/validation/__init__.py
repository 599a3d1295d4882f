"""Is a journey sound? Rules that look at a whole document and say what to mend.

One rule is one function in a module of `rules`; nothing lists them.
"""

from engine.validation.finding import Finding, Severity
from engine.validation.registry import Rule, has_errors, rules_by_code, validate

__all__ = ["Finding", "Rule", "Severity", "has_errors", "rules_by_code", "validate"]
