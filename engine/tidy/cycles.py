"""Which links lead back: retries and redials, which may point to the left."""

from __future__ import annotations

from engine.tidy.flow import Flow, FlowLink


def split_links(flow: Flow) -> tuple[list[FlowLink], list[FlowLink]]:
    """The links that lead on, which make no cycle, and those that lead back.

    Walked in depth from the entries, then from steps that nothing leads to, then from the rest,
    all in the order of the document: so the same journey always has the same links back.
    """
    out: list[list[FlowLink]] = [[] for _ in flow.names]
    reached = [False] * len(flow.names)
    for link in flow.links:
        out[link.source].append(link)
        reached[link.target] = True
    starts = [*flow.entries, *(n for n, is_reached in enumerate(reached) if not is_reached)]
    on: list[FlowLink] = []
    back: list[FlowLink] = []
    state = [_NEW] * len(flow.names)
    for start in (*starts, *range(len(flow.names))):
        if state[start] == _NEW:
            _walk(start, out, state, on, back)
    return on, back


_NEW, _OPEN, _DONE = range(3)


def _walk(
    start: int,
    out: list[list[FlowLink]],
    state: list[int],
    on: list[FlowLink],
    back: list[FlowLink],
) -> None:
    state[start] = _OPEN
    way = [(start, iter(out[start]))]
    while way:
        step, links = way[-1]
        link = next(links, None)
        if link is None:
            state[step] = _DONE
            way.pop()
        elif state[link.target] == _OPEN:
            back.append(link)
        else:
            on.append(link)
            if state[link.target] == _NEW:
                state[link.target] = _OPEN
                way.append((link.target, iter(out[link.target])))
