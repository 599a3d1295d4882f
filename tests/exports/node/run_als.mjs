// Exported state machines in aws-local-stepfunctions.
//
// A job is {machine, vectors} or {machine, inputs}, where machine is the text of the file.

import { StateMachine } from "aws-local-stepfunctions";
import { Decisions, answerJobs, isStep, runAll } from "./jobs.mjs";
import { VirtualClock } from "./virtual_clock.mjs";

// All that can go on without time and answers has gone on.
const isIdle = () => new Promise((resolve) => setImmediate(resolve));

async function run(machine, vector) {
  // That node's timers last 24.8 days at most is no limit of the language.
  const clock = new VirtualClock(Infinity);
  Object.assign(globalThis, { setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout });
  const decisions = new Decisions(vector.decisions);
  const { states } = machine;
  let asked;
  let ended;
  const handler = (name) => (input) =>
    new Promise((answer, fail) => {
      asked = { node: states.id(name), input, answer, fail };
    });
  const execution = machine.made.run(
    { entry: vector.entry, attributes: vector.attributes, queue: "the queue" },
    {
      context: { Task: { Token: "a token" } },
      overrides: { taskResourceLocalHandlers: states.ofTasks(handler) },
    },
  );
  execution.result.then(
    (output) => {
      ended = { output };
    },
    (error) => {
      ended = { error };
    },
  );
  for (await isIdle(); !ended; await isIdle()) {
    if (!asked) clock.toNext();
    else {
      answer(asked, decisions.at(asked.node), clock);
      asked = undefined;
    }
  }
  if (ended.error) throw ended.error.cause ?? ended.error;
  decisions.end();
  if (!clock.isEmpty) throw new Error("a timer still runs at the end");
  const { attributes, outcome, resolved } = ended.output;
  const steps = await entered(execution, states);
  return { steps, attributes, seconds: clock.now / 1000, outcome, resolved };
}

function answer(asked, decision, clock) {
  if (!decision) throw new Error(`nothing is decided at ${asked.node}`);
  if (asked.input.MessageBody.token !== "a token") throw new Error("no token came along");
  if (decision.timer) {
    clock.toNext();
    return;
  }
  const { result, attributes, hold } = decision;
  clock.advance(decision.seconds * 1000);
  if (decision.error) asked.fail(Object.assign(new Error(), { name: decision.error }));
  else asked.answer(asked.input.MessageBody.listen ? {} : { result, attributes, hold });
}

async function entered(execution, states) {
  const steps = [];
  for await (const event of execution.eventLogs) {
    if (event.type === "StateEntered") steps.push(states.id(event.state.name));
  }
  return steps.filter(isStep);
}

class States {
  #states;

  constructor(states) {
    this.#states = states;
  }

  // What the state was called before its name was shortened.
  id(name) {
    return this.#states[name].Comment ?? name;
  }

  ofTasks(handler) {
    const tasks = Object.entries(this.#states).filter(([, state]) => state.Type === "Task");
    return Object.fromEntries(tasks.map(([name]) => [name, handler(name)]));
  }
}

// For each record what the machine puts out.
async function outputs(machine, records) {
  const all = [];
  for (const record of records) all.push(await machine.made.run(record).result);
  return all;
}

await answerJobs(async (job) => {
  const definition = JSON.parse(job.machine);
  const machine = {
    made: new StateMachine(definition, { validationOptions: { checkArn: false } }),
    states: new States(definition.States),
  };
  if (job.inputs) return outputs(machine, job.inputs);
  return runAll(job.vectors, (vector) => run(machine, vector));
});
