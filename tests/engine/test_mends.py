"""Every quick fix removes what it is for, and breaks nothing else."""

from __future__ import annotations

import random
from collections import Counter

import pytest

from engine.document import Document, document_from_plain, read_document
from engine.journey import Journey
from engine.mends import Mend, codes_with_mends, mends
from engine.new_document import new_document
from engine.shipped import sample_names, sample_path
from engine.validation import Finding, Severity, has_errors, rules_by_code, validate
from tests.engine.test_edits import done
from tests.engine.test_validation import often_mutated
from tests.engine.test_validation_examples import (
    EXAMPLES,
    Plain,
)

Key = tuple[str, str | None, str | None, str]


def keys(findings: list[Finding], *, only_errors: bool = False) -> Counter[Key]:
    """What is found; without the field, which may be a number that others move up to."""
    return Counter(
        (one.code, one.step, one.graph, one.what)
        for one in findings
        if one.severity is Severity.ERROR or not only_errors
    )


def check(document: Document, finding: Finding, mend: Mend) -> None:
    """That the mend removes the finding and adds no error, and can be undone to the byte."""
    before, after = validate(document), validate(done(document, mend.edit))
    (key,) = keys([finding])
    assert keys(after)[key] < keys(before)[key], (finding.line(), mend.label)
    new = keys(after, only_errors=True) - keys(before, only_errors=True)
    # How many steps are too many is said with their number.
    codes = {code for code, *_ in new} - {"W129"}
    if finding.code == "W501":
        # What is wrong with one of two is wrong with both when they can be told apart.
        codes -= {one.code for one in before}
    assert not codes, (finding.line(), mend.label, new)
    assert mend.label == mend.edit.label


def labels(example: Plain, code: str) -> list[str]:
    """What is offered for the first finding with this code; all of it is tried."""
    document = document_from_plain(example)
    finding = next(one for one in validate(document) if one.code == code)
    offered = mends(document, finding)
    for one in offered:
        check(document, finding, one)
    return [one.label for one in offered]


def mended(example: Plain, code: str, number: int = 0) -> Document:
    """The document after the mend with this number for the first finding with this code."""
    document = document_from_plain(example)
    finding = next(one for one in validate(document) if one.code == code)
    return done(document, mends(document, finding)[number].edit)


def exits_of(journey: Journey, name: str) -> dict[str, str | None]:
    return {one.exit: one.to for one in journey.links if one.from_ == name}


@pytest.mark.parametrize("code", [code for code in EXAMPLES if code != "W129"])
def test_mends_of_every_rule(code: str) -> None:
    document = document_from_plain(EXAMPLES[code][0])
    tried = 0
    for finding in validate(document):
        offered = mends(document, finding)
        for one in offered:
            check(document, finding, one)
        tried += len(offered) if finding.code == code else 0
    assert tried


def test_every_rule_but_one_has_a_quick_fix() -> None:
    assert set(rules_by_code()) - codes_with_mends() == {"W129"}
    assert len(codes_with_mends()) == 70


@pytest.mark.parametrize("seed", range(200))
def test_mends_of_whatever_is_wrong(seed: int) -> None:
    document = document_from_plain(often_mutated(random.Random(seed)))
    if len(document.journey.steps) > 100 or len(document.journey.sub_journeys) > 9:
        return
    found = validate(document)
    # As long as an id may mean two things, so may every mend but that of the id.
    is_plain = all(one.code != "W501" for one in found)
    for finding in found[:12]:
        for one in mends(document, finding):
            assert one.edit.apply(document)
            if is_plain or finding.code == "W501":
                check(document, finding, one)


@pytest.mark.parametrize("name", sample_names())
def test_samples_are_mended_by_quick_fixes_alone(name: str) -> None:
    """Every second link and half of the staffing is lost; the first mend of each will do."""
    document = read_document(sample_path(name))
    journey = document.journey.model_copy(update={"links": document.journey.links[::2]})
    staffing = dict(list(document.assumptions.staffing.items())[::2])
    assumptions = document.assumptions.model_copy(update={"staffing": staffing, "demand": []})
    document = document.model_copy(update={"journey": journey, "assumptions": assumptions})
    for _ in range(200):
        worst = [one for one in validate(document) if one.severity is not Severity.HINT]
        offered = (mend for one in worst for mend in mends(document, one))
        mend = next(offered, None)
        if mend is None:
            break
        document = mend.edit.apply(document)[0]
    assert not has_errors(validate(document))
    assert {one.severity for one in validate(document)} <= {Severity.HINT}


def test_an_empty_journey_is_mended_into_one_that_can_be_simulated() -> None:
    document = new_document("Mine")
    while found := validate(document):
        document = done(document, mends(document, found[0])[0].edit)
    assert [one.kind for one in document.journey.steps] == ["inbound_contact", "exit"]


def test_a_finding_of_another_document_offers_nothing_or_cannot_do_harm() -> None:
    other = new_document("Other")
    for broken, _ in (pair for code, pair in EXAMPLES.items() if code != "W129"):
        for finding in validate(document_from_plain(broken)):
            for one in mends(other, finding):
                one.edit.apply(other)
