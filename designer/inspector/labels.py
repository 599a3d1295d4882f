"""What fields and choices are called. A field without an entry is called by its own name."""

from __future__ import annotations

from typing import Final

from PySide6.QtCore import QT_TRANSLATE_NOOP, QCoreApplication

from designer.inspector.field_spec import Spec

_FIELDS: Final = {
    "skills": QT_TRANSLATE_NOOP("Field", "Skills asked"),
    "Team.skills": QT_TRANSLATE_NOOP("Field", "Skills"),
    "Journey.skills": QT_TRANSLATE_NOOP("Field", "Skills"),
    "level": QT_TRANSLATE_NOOP("Field", "Worst level that will do"),
    "agent_choice": QT_TRANSLATE_NOOP("Field", "Which free agent"),
    "concurrent": QT_TRANSLATE_NOOP("Field", "One of several contacts at once"),
    "asks": QT_TRANSLATE_NOOP("Field", "What must be known"),
    "sees_context": QT_TRANSLATE_NOOP("Field", "Sees what was learned before"),
    "interruptible": QT_TRANSLATE_NOOP("Field", "May be left for more urgent work"),
    "max_wait": QT_TRANSLATE_NOOP("Field", "Longest wait"),
    "capacity": QT_TRANSLATE_NOOP("Field", "Queue capacity"),
    "hours": QT_TRANSLATE_NOOP("Field", "Opening hours"),
    "can_transfer": QT_TRANSLATE_NOOP("Field", "Agents may transfer"),
    "treatment": QT_TRANSLATE_NOOP("Field", "While waiting"),
    "callback_offer": QT_TRANSLATE_NOOP("Field", "Offer a callback"),
    "expected_wait": QT_TRANSLATE_NOOP("Field", "When the expected wait is longer than"),
    "queue_length": QT_TRANSLATE_NOOP("Field", "Or when so many wait"),
    "after": QT_TRANSLATE_NOOP("Field", "After"),
    "abandons": QT_TRANSLATE_NOOP("Field", "Hang up"),
    "fails": QT_TRANSLATE_NOOP("Field", "Fail"),
    "leaves": QT_TRANSLATE_NOOP("Field", "Leave a message"),
    "happens": QT_TRANSLATE_NOOP("Field", "It happens to"),
    "max_contacts": QT_TRANSLATE_NOOP("Field", "At most so many contacts"),
    "max_turns": QT_TRANSLATE_NOOP("Field", "At most so many turns"),
    "max_seconds": QT_TRANSLATE_NOOP("Field", "Longest recording"),
    "RetryLoop.max": QT_TRANSLATE_NOOP("Field", "Rounds at most"),
    "ExitAssumptions.next": QT_TRANSLATE_NOOP("Field", "Later contacts"),
    "who": QT_TRANSLATE_NOOP("Field", "Who belongs to it"),
    "when": QT_TRANSLATE_NOOP("Field", "When"),
    "eligible": QT_TRANSLATE_NOOP("Field", "Who may get it"),
    "set": QT_TRANSLATE_NOOP("Field", "What is noted"),
    "cv": QT_TRANSLATE_NOOP("Field", "CV (deviation ÷ mean)"),
    "mu": QT_TRANSLATE_NOOP("Field", "μ of the logarithm"),
    "sigma": QT_TRANSLATE_NOOP("Field", "σ of the logarithm"),
    "Journey.limit": QT_TRANSLATE_NOOP("Field", "Longest time in the journey"),
    "sub_journeys": QT_TRANSLATE_NOOP("Field", "Sub-journeys"),
    "need": QT_TRANSLATE_NOOP("Field", "True need"),
    "nps": QT_TRANSLATE_NOOP("Field", "NPS"),
    "copy_of": QT_TRANSLATE_NOOP("Field", "Copied from"),
    "of": QT_TRANSLATE_NOOP("Field", "Shape"),
    "at": QT_TRANSLATE_NOOP("Field", "Place in the document"),
    "type": QT_TRANSLATE_NOOP("Field", "Kind of value"),
    "Chance.true": QT_TRANSLATE_NOOP("Field", "Yes"),
    "takes": QT_TRANSLATE_NOOP("Field", "Whom a free agent serves"),
    "day": QT_TRANSLATE_NOOP("Field", "Day, from 0"),
    "days": QT_TRANSLATE_NOOP("Field", "Days"),
    "emotion": QT_TRANSLATE_NOOP("Field", "Emotion"),
    "id": QT_TRANSLATE_NOOP("Field", "Id"),
    "ask": QT_TRANSLATE_NOOP("Field", "Ask now"),
    "within": QT_TRANSLATE_NOOP("Field", "Longest wait in line"),
}
_CHOICES: Final = {
    "in_order": QT_TRANSLATE_NOOP("Choice", "in the order of the teams"),
    "longest_idle": QT_TRANSLATE_NOOP("Choice", "who is idle longest"),
    "longest_waiting": QT_TRANSLATE_NOOP("Choice", "who has waited longest"),
    "best_level": QT_TRANSLATE_NOOP("Choice", "whom they serve best"),
    "csat": QT_TRANSLATE_NOOP("Choice", "satisfaction (CSAT, 1 to 5)"),
    "nps": QT_TRANSLATE_NOOP("Choice", "recommendation (NPS, 0 to 10)"),
    "ces": QT_TRANSLATE_NOOP("Choice", "effort (CES, 1 to 7)"),
    "hold": QT_TRANSLATE_NOOP("Choice", "hold until they end"),
    "skip": QT_TRANSLATE_NOOP("Choice", "take another way"),
    "sms": QT_TRANSLATE_NOOP("Choice", "SMS"),
    "boolean": QT_TRANSLATE_NOOP("Choice", "yes or no"),
    "choice": QT_TRANSLATE_NOOP("Choice", "one of several"),
    "choices": QT_TRANSLATE_NOOP("Choice", "shares of each value"),
    "chance": QT_TRANSLATE_NOOP("Choice", "yes with a chance"),
    "numbers": QT_TRANSLATE_NOOP("Choice", "numbers"),
    "constant": QT_TRANSLATE_NOOP("Choice", "always the same"),
    "empirical": QT_TRANSLATE_NOOP("Choice", "from a list"),
    "weibull": QT_TRANSLATE_NOOP("Choice", "Weibull"),
}
_UNSET: Final = {
    "capacity": QT_TRANSLATE_NOOP("Field", "unlimited"),
    "max_wait": QT_TRANSLATE_NOOP("Field", "no limit"),
    "within": QT_TRANSLATE_NOOP("Field", "no limit"),
    "timeout": QT_TRANSLATE_NOOP("Field", "no limit"),
    "max_contacts": QT_TRANSLATE_NOOP("Field", "no limit"),
    "lines": QT_TRANSLATE_NOOP("Field", "unlimited"),
    "patience": QT_TRANSLATE_NOOP("Field", "for ever"),
    "hours": QT_TRANSLATE_NOOP("Field", "always"),
    "ExitAssumptions.next": QT_TRANSLATE_NOOP("Field", "Later contacts"),
    "who": QT_TRANSLATE_NOOP("Field", "everybody"),
    "eligible": QT_TRANSLATE_NOOP("Field", "everybody"),
    "channel": QT_TRANSLATE_NOOP("Field", "every channel"),
    "entry": QT_TRANSLATE_NOOP("Field", "the same entry"),
    "teams": QT_TRANSLATE_NOOP("Field", "every team with the skills"),
    "callback_offer": QT_TRANSLATE_NOOP("Field", "no"),
    "newcomers": QT_TRANSLATE_NOOP("Field", "nobody"),
    "spacing": QT_TRANSLATE_NOOP("Field", "at random (Poisson)"),
}


def label(spec: Spec) -> str:
    """What the field is called on its form."""
    owner = spec.owner.__name__ if spec.owner else ""
    text = _FIELDS.get(f"{owner}.{spec.name}") or _FIELDS.get(spec.name)
    if text is None:
        words = spec.name.strip("_").replace("_", " ")
        text = words[:1].upper() + words[1:]
    return QCoreApplication.translate("Field", str(text))


_KEYS: Final = {
    "weights": QT_TRANSLATE_NOOP("Field", "Choice"),
    "intents": QT_TRANSLATE_NOOP("Field", "Intent"),
    "handle_time_by_need": QT_TRANSLATE_NOOP("Field", "Need"),
    "scores": QT_TRANSLATE_NOOP("Field", "Score"),
    "earlier": QT_TRANSLATE_NOOP("Field", "Contacts before"),
    "inputs": QT_TRANSLATE_NOOP("Field", "Input"),
    "constants": QT_TRANSLATE_NOOP("Field", "Input"),
    "staffing": QT_TRANSLATE_NOOP("Field", "Team"),
    "levels": QT_TRANSLATE_NOOP("Field", "Skill"),
    "day_of_week": QT_TRANSLATE_NOOP("Field", "Day"),
}


def key_label(spec: Spec) -> str:
    """What the keys of a mapping are."""
    text = _KEYS.get(spec.name, QT_TRANSLATE_NOOP("Field", "Attribute"))
    return QCoreApplication.translate("Field", str(text))


def value_label(spec: Spec) -> str:
    """What the values of a mapping are: for weights, a weight."""
    title = label(spec)
    return title.removesuffix("s") if title.endswith("s") and not title.endswith("ss") else title


def choice_label(field: str, value: str) -> str:
    """What one choice of an enumeration is called."""
    text = str(_CHOICES.get(value) or value.replace("_", " "))
    if field in {"days", "day_of_week", "start_day"}:
        text = text.capitalize()
    return QCoreApplication.translate("Choice", str(text))


def unset_label(spec: Spec) -> str:
    """What it means that nothing is set."""
    text = _UNSET.get(spec.name, QT_TRANSLATE_NOOP("Field", "not set"))
    return QCoreApplication.translate("Field", str(text))
