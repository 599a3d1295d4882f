// Runs BPMN for Camunda 8 with bpmn-engine. What Zeebe would do is done here: jobs, scripts and
// mappings of the zeebe namespace, and FEEL in every expression, by feelin.

import { Engine } from "bpmn-engine";
import { BpmnModdle } from "bpmn-moddle";
import { evaluate } from "feelin";
import { createRequire } from "node:module";

import { answerJobs, Decisions, isStep, runAll } from "./jobs.mjs";
import { VirtualClock } from "./virtual_clock.mjs";

const zeebe = createRequire(import.meta.url)("zeebe-bpmn-moddle/resources/zeebe.json");
const RESULT = "journey__result";
const HOLD = "journey__hold";

// FEEL's value of an expression that begins with "="; other text stands for itself.
function valueOf(text, variables) {
  if (!text.startsWith("=")) return text;
  const { value } = evaluate(text.slice(1), variables);
  return value;
}

const extensionsOf = ({ behaviour }, type) =>
  (behaviour.extensionElements?.values ?? []).find(({ $type }) => $type === type);

// What a script task does: a variable from an expression, then the mappings from it.
function script(activity, variables) {
  const { expression, resultVariable } = extensionsOf(activity, "zeebe:Script");
  variables[resultVariable] = valueOf(expression, variables) ?? null;
  const mapping = extensionsOf(activity, "zeebe:IoMapping");
  const mapped = (mapping?.outputParameters ?? []).map(({ source, target }) => [
    target,
    valueOf(source, variables) ?? null,
  ]);
  Object.assign(variables, Object.fromEntries(mapped));
}

// A duration as FEEL says it is text again for the engine, which reads ISO 8601.
const asText = (value) => (typeof value === "object" && value !== null ? `${value}` : value);

class Run {
  steps = [];
  clock = new VirtualClock();
  job = null;

  constructor(vector, messages) {
    this.vector = vector;
    this.messages = messages;
    this.decisions = new Decisions(vector.decisions);
    this.variables = {
      ...vector.attributes,
      journey__entry: vector.entry,
      journey__key: vector.id,
    };
  }

  options(moddleContext) {
    const { variables, clock } = this;
    const run = this;
    const timers = {
      executing: [],
      register: () => ({ setTimeout: clock.setTimeout, clearTimeout: clock.clearTimeout }),
      setTimeout: clock.setTimeout,
      clearTimeout: clock.clearTimeout,
    };
    return {
      name: this.vector.id,
      moddleContext,
      timers,
      expressions: {
        resolveExpression: (text) => asText(valueOf(text, variables)),
      },
      scripts: {
        register() {},
        getScript(_language, activity) {
          if (!extensionsOf(activity, "zeebe:Script")) return undefined;
          return {
            execute(_scope, done) {
              script(activity, variables);
              done();
            },
          };
        },
      },
      extensions: {
        zeebe(activity) {
          if (!extensionsOf(activity, "zeebe:TaskDefinition")) return undefined;
          activity.behaviour.Service = function Job() {
            this.execute = (_message, done) => {
              run.job = { node: activity.id, done };
            };
            this.discard = () => {
              run.job = null;
            };
          };
          return undefined;
        },
      },
    };
  }

  // A job is done, an event comes, or a timer goes off.
  next(execution) {
    if (this.job) {
      this.work();
      return;
    }
    const at = this.waiting;
    const decision = at && this.decisions.at(at);
    if (decision && !decision.timer) {
      this.clock.advance(decision.seconds * 1000);
      execution.signal({ id: this.messages.get(at) });
      return;
    }
    this.clock.toNext();
  }

  work() {
    const { node, done } = this.job;
    const decision = this.decisions.at(node);
    if (!decision) throw new Error(`nothing is decided at ${node}`);
    if (decision.timer) {
      this.clock.toNext();
      return;
    }
    this.job = null;
    this.clock.advance((decision.seconds ?? 0) * 1000);
    Object.assign(this.variables, decision.attributes, { [RESULT]: decision.result });
    if (decision.hold !== undefined) this.variables[HOLD] = decision.hold;
    done(null);
  }
}

// The message that is waited for at each step that listens.
function messagesOf(definitions) {
  const found = new Map();
  const look = ({ flowElements = [] }) => {
    for (const element of flowElements) {
      const message = element.eventDefinitions?.find(({ messageRef }) => messageRef);
      if (message) found.set(element.id.replace(/-event$/, ""), message.messageRef.id);
      look(element);
    }
  };
  definitions.rootElements.forEach(look);
  return found;
}

await answerJobs(async ({ source, vectors }) => {
  const context = await new BpmnModdle({ zeebe }).fromXML(source);
  if (context.warnings.length) throw new Error(`${context.warnings[0].message}`);
  const messages = messagesOf(context.rootElement);
  return runAll(vectors, async (vector) => {
    const run = new Run(vector, messages);
    const engine = new Engine(run.options(context));
    let isOver = false;
    let failed;
    engine.on("end", () => (isOver = true));
    engine.on("error", (error) => (failed = error));
    const entered = (_key, { content }) => {
      // What is called in upper case comes before all steps.
      if (isStep(content.id) && /^[a-z]/.test(content.id)) run.steps.push(content.id);
      if (messages.has(content.id)) run.waiting = content.id;
    };
    engine.broker.subscribeTmp("event", "activity.enter", entered, { noAck: true });
    const execution = await engine.execute();
    while (!isOver && !failed) run.next(execution);
    if (failed) throw failed;
    run.decisions.end();
    const { variables, steps, clock } = run;
    return { attributes: variables, steps, seconds: clock.now / 1000, last: steps.at(-1) };
  });
});
