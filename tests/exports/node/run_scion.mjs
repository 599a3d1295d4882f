// Exported state charts in SCION.
//
// A job is {chart, vectors, outcomes} or {chart, differential: {events, records}}, where chart is
// the text of the file, and outcomes says how a journey ended that ended in a state.

import scxml from "@scion-scxml/scxml";
import { Decisions, answerJobs, isStep, runAll } from "./jobs.mjs";
import { VirtualClock } from "./virtual_clock.mjs";

const real = { setTimeout: globalThis.setTimeout, clearTimeout: globalThis.clearTimeout };

const promised = (begin) =>
  new Promise((resolve, reject) => {
    begin((error, made) => (error ? reject(error) : resolve(made)));
  });

const compiled = (chart) =>
  promised((done) => scxml.documentStringToModel("exported.scxml", chart, done));

// Sessions of one prepared model share their data, so each gets its own.
const prepared = (model) => promised((done) => model.prepare(done));

function interpreter(model, log) {
  const session = new scxml.core.Statechart(model, { console: { log } });
  session.on("onError", (error) => {
    throw new Error(JSON.stringify(error));
  });
  return session;
}

function run(model, vector, outcomes) {
  const clock = new VirtualClock();
  Object.assign(globalThis, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
  try {
    return runOn(clock, model, vector, outcomes);
  } finally {
    Object.assign(globalThis, real);
  }
}

function runOn(clock, model, vector, outcomes) {
  const decisions = new Decisions(vector.decisions);
  const steps = [];
  let asked;
  const session = interpreter(model, (label, value) => {
    if (label === "enter" && isStep(value)) steps.push(value);
  });
  session.on("onSmallStepBegin", (event) => {
    if (event?.name === "command" || event?.name === "listen") asked = event;
  });
  session.start();
  session.gen({ name: "start", data: { entry: vector.entry, attributes: vector.attributes } });
  const state = () => session.getConfiguration()[0];
  while (!session.isFinal()) {
    const decision = decisions.at(state());
    if (!decision || decision.timer) clock.toNext();
    else {
      clock.advance(decision.seconds * 1000);
      report(session, asked, decision);
    }
  }
  decisions.end();
  if (!clock.isEmpty) throw new Error("a timer still runs at the end");
  const [outcome, resolved] = outcomes[state()] ?? [null, null];
  const { attributes } = session.getSnapshot()[3];
  return { steps, attributes, seconds: clock.now / 1000, outcome, resolved, end: state() };
}

// Everything is reported twice, because a repeated report must not change anything.
function report(session, asked, decision) {
  const event =
    asked.name === "listen"
      ? { name: "event", data: { name: asked.data.event, id: asked.data.visit } }
      : { name: "result", data: { visit: asked.data.visit, ...decision } };
  session.gen({ ...event });
  if (!session.isFinal()) session.gen({ ...event });
}

// For each event and each record whether the chart says “holds”.
function differential(model, { events, records }) {
  let held = false;
  const session = interpreter(model, () => {
    held = true;
  });
  session.start();
  return events.map((name) =>
    records.map((data) => {
      held = false;
      session.gen({ name, data });
      return held;
    }),
  );
}

await answerJobs(async (job) => {
  const model = await compiled(job.chart);
  if (job.differential) return differential(await prepared(model), job.differential);
  return runAll(job.vectors, async (vector) => run(await prepared(model), vector, job.outcomes));
});
