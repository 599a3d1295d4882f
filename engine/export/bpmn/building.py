"""From a program to its BPMN graph."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace

from engine.export.bpmn.exclusive import exclusive
from engine.export.bpmn.graph import CountedAtMost, Element, Guard, Kind, ResultIs, Scope
from engine.operations import (
    Assign,
    Command,
    Compute,
    Count,
    Decide,
    Delay,
    End,
    Hold,
    Listen,
    Pass,
)
from engine.program import Node, Program

START = "Begin"
KNOWN, ENTRY = "Known", "Entry"
"""Steps' ids are lower case, so nothing else is called so."""
_PARTING = {Kind.CHOICE, Kind.RACE}
CLOSED = "closed-inside"
"""The result of a sub-journey in which the contact ended: an exit there was closed on purpose.
No outcome is called so, because ids have no hyphens."""


def bpmn_graph(program: Program) -> Scope:
    """The process of a program, with its sub-processes inside."""
    return _Building(program).process()


class _Building:
    def __init__(self, program: Program) -> None:
        self._program = program
        self._scopes = {"": Scope("")}
        self._nodes: dict[str, list[Node]] = {}
        # An element that no flow leads to would begin by itself with the process.
        for node in _reached(program):
            self._nodes.setdefault(_scope_of(node), []).append(node)

    def process(self) -> Scope:
        scope = self._scopes[""]
        self._begin(scope)
        self._fill(scope)
        for one in scope.scopes():
            _merge(one)
        return scope

    def _begin(self, scope: Scope) -> None:
        """One start; where there are several entries, it is said which."""
        entries = self._program.entries
        scope.add(Element(START, Kind.START, "Start"))
        scope.add(Element(KNOWN, Kind.SCRIPT, "What is known", begins=True))
        scope.connect(START, KNOWN)
        if len(entries) == 1:
            scope.connect(KNOWN, entries[0])
            return
        scope.add(Element(ENTRY, Kind.CHOICE, "Where does the contact come in?"))
        scope.connect(KNOWN, ENTRY)
        for entry in entries:
            name = self._program.nodes[entry].planned.step.name
            scope.connect(ENTRY, entry, name, ResultIs((entry,), of_entry=True))

    def _fill(self, scope: Scope) -> None:
        for node in self._nodes.get(scope.id, ()):
            self._add(scope, node)

    def _add(self, scope: Scope, node: Node) -> None:  # noqa: C901 - one case an operation
        name = _named(node)
        match node.operation:
            case Pass():
                self._pass(scope, node, name)
            case Decide() as decide:
                choice = scope.add(Element(node.id, Kind.CHOICE, name, node))
                for result, condition in exclusive(decide.cases):
                    self._lead(scope, node, choice.id, result, condition)
                choice.default = self._lead(scope, node, choice.id, decide.otherwise, None)
            case Count() as count:
                scope.add(Element(node.id, Kind.SCRIPT, name, node))
                choice = scope.add(Element(f"{node.id}-way", Kind.CHOICE, f"{name}: again?"))
                scope.connect(node.id, choice.id)
                again = CountedAtMost(node.id, count.most)
                self._lead(scope, node, choice.id, count.again, again)
                choice.default = self._lead(scope, node, choice.id, count.enough, None)
            case Assign(into=True):
                self._sub_process(scope, node, name)
            case Assign():
                scope.add(Element(node.id, Kind.SCRIPT, name, node))
                self._lead(scope, node, node.id, next(iter(node.ways)), None)
            case Command(timeout=timeout):
                scope.add(Element(node.id, Kind.WORK, name, node))
                if timeout is not None:
                    self._timeout(scope, node, Kind.BOUNDARY)
                self._results(scope, node)
            case Compute():
                scope.add(Element(node.id, Kind.WORK, name, node))
                self._results(scope, node)
            case Delay() | Hold():
                scope.add(Element(node.id, Kind.CATCH, name, node))
                self._lead(scope, node, node.id, next(iter(node.ways)), None)
            case Listen():
                self._listen(scope, node, name)
            case End():
                scope.add(Element(node.id, Kind.END, name, node))

    def _pass(self, scope: Scope, node: Node, name: str) -> None:
        result = next(iter(node.ways))
        if _is_exit(node):
            self._inner_exit(scope, node, name, result)
            return
        scope.add(Element(node.id, Kind.MARK, name, node))
        self._lead(scope, node, node.id, result, None)

    def _inner_exit(self, scope: Scope, node: Node, name: str, result: str) -> None:
        """The sub-process ends; if it may end in several ways, it is noted in which."""
        if len(self._outcomes(scope)) == 1:
            scope.add(Element(node.id, Kind.END, name, node))
            return
        scope.add(Element(node.id, Kind.SCRIPT, name, node, result=result))
        end = scope.add(Element(f"{node.id}-end", Kind.END, name))
        scope.connect(node.id, end.id)

    def _sub_process(self, scope: Scope, node: Node, name: str) -> None:
        inside = self._scopes[node.id] = Scope(node.id)
        scope.add(Element(node.id, Kind.SUB, name, node, inside=inside))
        first = node.ways["start"] or ""
        start = inside.add(Element(f"{node.id}-start", Kind.START, f"{name} begins"))
        if isinstance(node.operation, Assign) and node.operation.puts:
            given = inside.add(Element(f"{node.id}-in", Kind.SCRIPT, f"What {name} is given", node))
            inside.connect(start.id, given.id)
            inside.connect(given.id, first)
        else:
            inside.connect(start.id, first)
        self._fill(inside)
        outcomes = self._outcomes(inside)
        if len(outcomes) == 1:
            ((result, target),) = outcomes.items()
            self._lead_to(scope, f"{node.id}-{result}", node.id, target, "", None)
            return
        choice = scope.add(Element(f"{node.id}-way", Kind.CHOICE, f"How did {name} end?"))
        scope.connect(node.id, choice.id)
        for result, target in outcomes.items():
            guard = ResultIs((result,))
            label = "closed inside" if result == CLOSED else self._label(node, result)
            self._lead_to(scope, f"{node.id}-{result}", choice.id, target, label, guard)

    def _outcomes(self, scope: Scope) -> dict[str, str | None]:
        """For each way in which a sub-journey ends the node that follows; None: none does."""
        found: dict[str, str | None] = {}
        is_closed = False
        for node in (one for nodes in self._nodes.values() for one in nodes):
            if _is_exit(node) and _scope_of(node) == scope.id:
                found |= node.ways
            elif node.id.startswith(f"{scope.id}__"):
                is_closed |= None in node.ways.values()
        return found | ({CLOSED: None} if is_closed else {})

    def _results(self, scope: Scope, node: Node) -> None:
        """The ways on from a task: told apart by its result, if there are several."""
        results = node.reports
        if len(results) == 1:
            self._lead(scope, node, node.id, results[0], None)
            return
        choice = scope.add(
            Element(f"{node.id}-way", Kind.CHOICE, f"Result of {node.planned.step.name}")
        )
        scope.connect(node.id, choice.id)
        for together in _by_target(node, results):
            label = ", ".join(self._label(node, result) for result in together)
            target, guard = node.ways[together[0]], ResultIs(together)
            own = f"{node.id}-{together[0]}"
            self._lead_to(scope, own, choice.id, target, label, guard)

    def _timeout(self, scope: Scope, node: Node, kind: Kind) -> None:
        timeout = node.timeout
        if timeout is None:
            return
        timer = scope.add(
            Element(
                f"{node.id}-timeout",
                kind,
                self._label(node, timeout.result),
                timer=timeout,
                host=node.id if kind is Kind.BOUNDARY else None,
            )
        )
        if kind is not Kind.BOUNDARY:
            scope.connect(node.id, timer.id)
        self._lead(scope, node, timer.id, timeout.result, None)

    def _listen(self, scope: Scope, node: Node, name: str) -> None:
        listen = node.operation
        if not isinstance(listen, Listen):
            return
        if listen.timeout is None:
            scope.add(Element(node.id, Kind.CATCH, name, node, event=listen.event))
            self._lead(scope, node, node.id, listen.happened, None)
            return
        scope.add(Element(node.id, Kind.RACE, name, node))
        event = Element(f"{node.id}-event", Kind.CATCH, listen.event, event=listen.event)
        scope.add(event)
        scope.connect(node.id, event.id)
        self._lead(scope, node, event.id, listen.happened, None)
        self._timeout(scope, node, Kind.CATCH)

    # ---- flows

    def _lead(self, scope: Scope, node: Node, source: str, result: str, guard: Guard | None) -> str:
        """A flow to where the result leads; the flow's id."""
        own = f"{node.id}-{result}"
        return self._lead_to(
            scope, own, source, node.ways[result], self._label(node, result), guard
        )

    def _lead_to(
        self,
        scope: Scope,
        own: str,
        source: str,
        target: str | None,
        label: str,
        guard: Guard | None,
    ) -> str:
        if target is None:
            target = self._closed(scope, own)
        # Only where ways part do they need names.
        name = label if scope.elements[source].kind is Kind.CHOICE else ""
        return scope.connect(source, target, name, guard).id

    def _closed(self, scope: Scope, own: str) -> str:
        """An end for an exit that is closed; in a sub-process the contact ends outside."""
        if not scope.id:
            return scope.add(Element(f"{own}-end", Kind.END, "Closed on purpose")).id
        noted = scope.add(Element(f"{own}-closed", Kind.SCRIPT, "Closed on purpose"))
        noted.result = CLOSED
        end = scope.add(Element(f"{own}-end", Kind.END, "Closed on purpose"))
        scope.connect(noted.id, end.id)
        return noted.id

    def _label(self, node: Node, result: str) -> str:
        way = node.operation.results.get(result)
        if isinstance(way, str) and way in node.planned.step.exits(self._program.plan.journey):
            return node.planned.step.exit_label(way, self._program.plan.journey)
        return result.replace("_", " ")


def _by_target(node: Node, results: list[str]) -> list[tuple[str, ...]]:
    """Results that lead to the same place together; those that end stay apart."""
    found: dict[str, list[str]] = {}
    for result in results:
        found.setdefault(node.ways[result] or f"-{result}", []).append(result)
    return [tuple(together) for together in found.values()]


def _merge(scope: Scope) -> None:
    """Flows come together in gateways of their own: none may both join and part flows."""
    incoming = Counter(flow.target for flow in scope.flows)
    hosts = {one.host for one in scope.elements.values()}
    for element in list(scope.elements.values()):
        if incoming[element.id] < 2 or not (element.kind in _PARTING or element.id in hosts):
            continue
        merge = scope.add(Element(f"{element.id}-merge", Kind.CHOICE, ""))
        for number, flow in enumerate(scope.flows):
            if flow.target == element.id:
                scope.flows[number] = replace(flow, target=merge.id)
        scope.connect(merge.id, element.id)


def _reached(program: Program) -> list[Node]:
    """The nodes that some way leads to, in the plan's order."""
    found, todo = set(program.entries), list(program.entries)
    while todo:
        fresh = {to for to in program.nodes[todo.pop()].ways.values() if to is not None} - found
        found |= fresh
        todo += fresh
    return [node for node in program.nodes.values() if node.id in found]


def _scope_of(node: Node) -> str:
    """The calling step whose sub-journey the node is in; "" for the journey's own."""
    return node.planned.id.rpartition("__")[0]


def _is_exit(node: Node) -> bool:
    """Whether the node is an exit of a sub-journey."""
    return isinstance(node.operation, Pass) and node.planned.step.kind == "exit"


def _named(node: Node) -> str:
    step = node.planned.step
    if node.is_first:
        return step.name
    what = getattr(node.operation, "name", "")
    return f"{step.name}: {what.rpartition('human_agent_')[2].replace('_', ' ') or 'wait'}"
