"""The document for those who sign: all of the journey is in it, and nothing of it is markup."""

from __future__ import annotations

from html.parser import HTMLParser
from typing import Any

import pytest
from markdown_it import MarkdownIt

from engine.document import content_hash, document_from_plain
from engine.export.target import Status, targets
from engine.program import Program, make_program
from engine.short_english import shortened
from tests.exports.cases import FEW, program

TARGET = targets()["document"]
TAGS = {
    "html", "head", "meta", "title", "style", "body", "main", "section", "h1", "h2", "h3", "small",
    "p", "table", "colgroup", "col", "thead", "tbody", "tr", "th", "td", "a",
}  # fmt: skip
TEXT_TAGS = {
    "h1", "h2", "h3", "p", "br", "table", "thead", "tbody", "tr", "th", "td", "strong",
    "blockquote",
}  # fmt: skip
VOID = {"meta", "col"}
ATTRIBUTES = {"charset", "http-equiv", "content", "name", "lang", "class", "scope", "id", "style"}
EVIL = "<script>alert(1)</script> | ![x](//e.example/a.png) **b** `c` <b onclick=x>&amp; $1$ [l](x)"
LONG = "Donaudampfschifffahrtsgesellschaftskapitänsmützenfabrikation" * 3


class Page(HTMLParser):
    """Reads the page strictly: tags in pairs, text by the cell or paragraph it stands in."""

    def __init__(self, text: str) -> None:
        super().__init__(convert_charrefs=True)
        self.open: list[str] = []
        self.texts: list[str] = []
        self.tags: set[str] = set()
        self.links: list[str] = []
        self.anchors: list[str] = []
        self.attributes: set[str] = set()
        self.feed(text)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag)
        if tag == "a":
            self.links += [str(value) for name, value in attrs if name == "href"]
        else:
            self.attributes |= {name for name, _ in attrs}
            self.anchors += [str(value) for name, value in attrs if name == "id"]
        if tag not in VOID:
            self.open.append(tag)
            self.texts.append("")

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        if self.open and self.open[-1] != "style":
            self.texts.append(data)


def written(made: Program) -> tuple[str, str]:
    files = TARGET.write(made)
    return files["journey.html"].decode(), files["journey.md"].decode()


def rendered(text: str) -> str:
    """The Markdown as HTML, by a reader that lets HTML through."""
    return str(MarkdownIt("commonmark", {"html": True}).enable("table").render(text))


def of(journey: dict[str, Any], **sections: Any) -> Program:
    plain = {"format": "wayline/journey", "version": 1, "journey": journey, **sections}
    return make_program(document_from_plain(plain))


@pytest.mark.parametrize("name", FEW)
def test_the_page_holds_every_step_and_leads_only_to_places_that_it_has(name: str) -> None:
    made = program(name)
    page = Page(written(made)[0])
    assert page.open == []
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    steps = [step.id for step in made.document.journey.all_steps()]
    assert sorted(page.anchors) == sorted(f"step-{one}" for one in steps)
    assert {link.removeprefix("#") for link in page.links} <= set(page.anchors)


@pytest.mark.parametrize("name", FEW)
def test_page_and_text_say_the_same(name: str) -> None:
    page, text = written(program(name))
    said = [" ".join(one.split()) for one in Page(page).texts]
    again = [" ".join(one.split()) for one in Page(rendered(text)).texts]
    joined = "".join("".join(again).split())
    assert [one for one in said[1:] if one and "".join(one.split()) not in joined] == []


def test_what_a_reviewer_needs_is_told() -> None:
    made = program("omnichannel_retail")
    text = written(made)[1]
    assert content_hash(made.document) in text
    assert "| Name | Role | Date | Signature |" in text
    assert "| Offers | consent | 730 days |" in text
    assert "| Hours | Mon–Sat 08:00–20:00 |" in text
    assert "| Longest wait | 3 days |" in text
    assert "granted: 14 May we make offers? |" in text
    assert "| Voucher to keep them | at risk of leaving is true and sales in a year is at" in text
    assert "| Few give up | abandonment rate |" in text
    assert "**Assumptions. Nothing in this section is executed" in text
    assert (
        "| Adviser on the phone | Handle time | lognormal, mean 270 s, CV 0.9 | assumed |" in text
    )


def test_a_gate_that_some_ways_avoid_is_told() -> None:
    steps = [
        {"id": "call", "type": "inbound_contact", "name": "Call"},
        {"id": "ask", "type": "consent", "name": "May we?", "purpose": "ads"},
        {"id": "ad", "type": "message", "name": "Ad", "channel": "sms", "purpose": "ads"},
    ]
    links = [
        {"from": "call", "exit": "arrived", "to": "ask"},
        {"from": "ask", "exit": "granted", "to": "ad"},
        {"from": "ask", "exit": "refused", "to": "ad"},
        {"from": "ad", "exit": "sent", "to": None},
        {"from": "ad", "exit": "failed", "to": None},
    ]
    journey = {"id": "j", "name": "J", "purposes": [{"id": "ads"}], "steps": steps}
    assert "None on some of the ways" in written(of({**journey, "links": links}))[1]
    closed = [{**one, "to": None} if one["exit"] == "refused" else one for one in links]
    assert "granted: 2 May we? |" in written(of({**journey, "links": closed}))[1]


def hostile() -> Program:
    note = (
        f"# Heading\n- list\n\n1. one\n> quote\n    code\n| a | b |\n|---|---|\n{EVIL}\n===\n{LONG}"
    )
    journey = {
        "id": "evil",
        "name": EVIL,
        "note": note,
        "purposes": [{"id": "ads", "name": LONG, "note": EVIL}],
        "attributes": [{"id": "tier", "name": EVIL, "type": "choice", "choices": ["a|b", EVIL]}],
        "stages": [{"id": "first", "name": LONG, "note": EVIL}],
        "steps": [
            {"id": "call", "type": "inbound_contact", "name": EVIL, "owner": EVIL, "note": note},
            {"id": "end", "type": "exit", "name": "\u202elive\u202c\x00\x07 end"},
        ],
        "links": [{"from": "call", "exit": "arrived", "to": "end"}],
    }
    sources = [{"at": "assumptions", "basis": "assumed", "note": EVIL}]
    targets_of = [{"kpi": "x", "name": EVIL, "at_most": 1}]
    scenarios = {"targets": targets_of, "named": [{"id": "s", "name": EVIL, "note": EVIL}]}
    return of(journey, assumptions={"sources": sources}, scenarios=scenarios)


def test_nothing_of_the_file_is_markup_on_the_page() -> None:
    text = written(hostile())[0]
    page = Page(text)
    assert page.open == []
    assert page.tags <= TAGS
    assert page.attributes <= ATTRIBUTES
    assert page.texts.count(EVIL) >= 10
    assert "default-src 'none'" in text
    assert not {"\u202e", "\u202c", "\x00", "\x07"} & set(text)


def test_nothing_of_the_file_is_markup_in_the_text() -> None:
    text = written(hostile())[1]
    page = Page(rendered(text))
    assert page.open == []
    assert page.tags <= TEXT_TAGS
    assert page.links == []
    assert page.texts.count(EVIL) >= 9
    assert "# Heading" in page.texts
    assert not {"\u202e", "\u202c", "\x00", "\x07"} & set(text)
    tables = [line for line in text.splitlines() if line.startswith("|")]
    assert all(line.endswith("|") for line in tables)


def test_the_bytes_are_the_same_every_time() -> None:
    made = program("omnichannel_retail")
    assert TARGET.write(made) == TARGET.write(make_program(made.document))


def test_it_is_a_document_and_no_more() -> None:
    assert TARGET.status is Status.DOCUMENT
    assert set(TARGET.write(program("starter"))) == {"journey.html", "journey.md"}
    assert shortened(TARGET.title, 60) == TARGET.title
