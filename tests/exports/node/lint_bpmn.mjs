// Lints BPMN with bpmnlint and the rules of Camunda's engines; a job is {source, platform}.

import { BpmnModdle } from "bpmn-moddle";
import { Linter } from "bpmnlint";
import NodeResolver from "bpmnlint/lib/resolver/node-resolver.js";
import { createRequire } from "node:module";

import { answerJobs } from "./jobs.mjs";

const require = createRequire(import.meta.url);
const CAMUNDA_8 = "plugin:camunda-compat/camunda-cloud-8-6";
const CAMUNDA_7 = "plugin:camunda-compat/camunda-platform-7-21";
const PLATFORMS = {
  camunda8: [{ zeebe: require("zeebe-bpmn-moddle/resources/zeebe.json") }, [CAMUNDA_8]],
  camunda7: [{ camunda: require("camunda-bpmn-moddle/resources/camunda.json") }, [CAMUNDA_7]],
  spiff: [{}, []],
};

await answerJobs(async ({ source, platform }) => {
  const [descriptors, rules] = PLATFORMS[platform];
  const { rootElement, warnings } = await new BpmnModdle(descriptors).fromXML(source);
  const config = { extends: ["bpmnlint:recommended", ...rules] };
  const found = await new Linter({ config, resolver: new NodeResolver() }).lint(rootElement);
  const errors = Object.entries(found).flatMap(([rule, reports]) =>
    reports
      .filter(({ category }) => category === "error" || category === "rule-error")
      .map(({ id, message }) => `${rule} at ${id}: ${message}`),
  );
  return { errors, warnings: warnings.map(({ message }) => message) };
});
