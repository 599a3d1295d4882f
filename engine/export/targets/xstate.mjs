// What the guards, actions and delays of an exported journey mean to XState 5.
//
//   import { createActor } from "xstate";
//   import { journeyMachine } from "./wayline.mjs";
//
//   const actor = createActor(journeyMachine(JSON.parse(text)));
//   actor.on("command", (command) => …);  // do it, then answer:
//   actor.on("listen", (listen) => …);    // send the event once it happens
//   actor.start();
//   actor.send({ type: "start", entry: "calls", attributes: { tier: "gold" } });
//   actor.send({ type: "result", visit: command.visit, result: "resolved", attributes: {} });
//   actor.send({ type: "event", name: "payment received", id: "e-1" });
//
// An answer repeats the visit of its command; `attributes` holds only what changed, and `hold` the
// seconds that the wait after a computation lasts. What nothing waits for changes nothing.
// Where the contact is over, `context` says how: outcome, resolved, value.

import { assign, emit, setup } from "xstate";

const LONGEST_TIMER = 2 ** 31 - 1; // milliseconds; what is longer would go off at once

const valueOf = (attributes, name) =>
  Object.hasOwn(attributes, name) ? (attributes[name] ?? null) : null;

const roundsOf = (context, counter) => valueOf(context.rounds, counter) ?? 0;

const isSame = (value, wanted) => typeof value === typeof wanted && value === wanted;

const ORDERS = {
  lt: (value, bound) => value < bound,
  le: (value, bound) => value <= bound,
  gt: (value, bound) => value > bound,
  ge: (value, bound) => value >= bound,
};

// Whether a typed condition holds. What is missing makes every comparison false, "ne" included.
export function holds(condition, attributes) {
  const value = valueOf(attributes, condition.attribute);
  switch (condition.op) {
    case "all":
      return condition.of.every((part) => holds(part, attributes));
    case "any":
      return condition.of.some((part) => holds(part, attributes));
    case "not":
      return !holds(condition.of, attributes);
    case "known":
      return value !== null;
    case "eq":
      return isSame(value, condition.value);
    case "ne":
      return typeof value === typeof condition.value && value !== condition.value;
    case "in":
      return condition.values.some((one) => isSame(value, one));
    case "between":
      return typeof value === "number" && condition.low <= value && value <= condition.high;
    case "contains":
      return typeof value === "string" && value.includes(condition.value);
    default:
      return (
        typeof value === "number" &&
        typeof condition.value === "number" &&
        ORDERS[condition.op](value, condition.value)
      );
  }
}

function put(attributes, { attribute, value = null, copyOf, add }) {
  const old = valueOf(attributes, attribute);
  const copied = copyOf === undefined ? value : valueOf(attributes, copyOf);
  const added = typeof old === "number" ? add + old : add;
  return { ...attributes, [attribute]: add === undefined ? copied : added };
}

function only(names, attributes = {}) {
  return Object.fromEntries(names.map((name) => [name, valueOf(attributes, name)]));
}

function milliseconds(seconds) {
  if (typeof seconds !== "number" || !(seconds >= 0)) {
    throw new Error(`A wait should last ${seconds} seconds: make sure that it is a number.`);
  }
  if (seconds * 1000 > LONGEST_TIMER) {
    throw new Error(`A wait of ${seconds} seconds is longer than timers here can be.`);
  }
  return seconds * 1000;
}

const guards = {
  enters: ({ event }, { entry }) => event.entry === entry,
  holds: ({ context }, { condition }) => holds(condition, context.attributes),
  isBelow: ({ context }, { counter, most }) => roundsOf(context, counter) < most,
  isReported: ({ context, event }, { result }) =>
    event.visit === context.visit && event.result === result,
  hasHappened: ({ context, event }, { name }) =>
    event.name === name && (event.id == null || !context.events.includes(event.id)),
};

const actions = {
  begin: assign(({ event }, { signals }) => ({
    attributes: { ...signals, ...event.attributes },
  })),
  count: assign(({ context }, { counter }) => ({
    rounds: { ...context.rounds, [counter]: roundsOf(context, counter) + 1 },
  })),
  put: assign(({ context }, change) => ({ attributes: put(context.attributes, change) })),
  visit: assign(({ context }) => ({ visit: context.visit + 1 })),
  command: emit(({ context }, { sends, ...told }) => ({
    type: "command",
    visit: context.visit,
    ...told,
    attributes: only(sends, context.attributes),
  })),
  listen: emit(({ context }, told) => ({ type: "listen", visit: context.visit, ...told })),
  learn: assign(({ context, event }, { sets }) => {
    const told = sets.filter((name) => Object.hasOwn(event.attributes ?? {}, name));
    return {
      attributes: { ...context.attributes, ...only(told, event.attributes) },
      hold: event.hold ?? 0,
    };
  }),
  remember: assign(({ context, event }) => ({
    events: event.id == null ? context.events : [...context.events, event.id],
  })),
  holdFor: assign(({ context }, { attribute }) => ({
    hold: valueOf(context.attributes, attribute),
  })),
  end: assign((_, how) => how),
};

const delays = { hold: ({ context }) => milliseconds(context.hold) };

export function journeyMachine(config) {
  return setup({ guards, actions, delays }).createMachine(config);
}
