// Exported machines in XState, with the module that is exported with them.
//
// A job is {module, machine, vectors} or {module, differential: {conditions, records}}, where
// module is a path and machine the text of the file.

import { createActor } from "xstate";
import { pathToFileURL } from "node:url";
import { Decisions, answerJobs, isStep, runAll } from "./jobs.mjs";
import { VirtualClock } from "./virtual_clock.mjs";

// Everything is reported twice, because a repeated report must not change anything.
function report(actor, asked, decision) {
  const event =
    asked.type === "listen"
      ? { type: "event", name: asked.event, id: `${asked.visit}` }
      : { type: "result", visit: asked.visit, ...decision };
  actor.send(event);
  actor.send(event);
}

function run(machine, vector) {
  const clock = new VirtualClock();
  const decisions = new Decisions(vector.decisions);
  const steps = [];
  let asked;
  let failure;
  const inspect = (seen) => {
    // An event that nothing waits for is a step without transitions.
    if (seen.type !== "@xstate.microstep" || !seen._transitions.length) return;
    if (isStep(seen.snapshot.value)) steps.push(seen.snapshot.value);
  };
  const actor = createActor(machine, { clock, inspect });
  actor.on("*", (emitted) => {
    asked = emitted;
  });
  actor.subscribe({
    error: (error) => {
      failure = error;
    },
  });
  actor.start();
  actor.send({ type: "start", entry: vector.entry, attributes: vector.attributes });
  while (actor.getSnapshot().status === "active") {
    const node = actor.getSnapshot().value;
    const decision = decisions.at(node);
    if (!decision || decision.timer) clock.toNext();
    else {
      clock.advance(decision.seconds * 1000);
      report(actor, asked, decision);
    }
    if (failure) throw failure;
  }
  if (failure) throw failure;
  decisions.end();
  if (!clock.isEmpty) throw new Error("a timer still runs at the end");
  const { attributes, outcome, resolved } = actor.getSnapshot().context;
  return { steps, attributes, seconds: clock.now / 1000, outcome, resolved };
}

function conditions(holds, { conditions: all, records }) {
  return all.map((one) => records.map((record) => holds(one, record)));
}

const load = (path) => import(pathToFileURL(path));

await answerJobs(async ({ module, machine, vectors, differential }) => {
  const { holds, journeyMachine } = await load(module);
  if (differential) return conditions(holds, differential);
  const made = journeyMachine(JSON.parse(machine));
  return runAll(vectors, (vector) => run(made, vector));
});
