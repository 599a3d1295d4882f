// FEEL as feelin evaluates it; a job is {texts, records}, the answer a row of values a text.

import { evaluate } from "feelin";

import { answerJobs } from "./jobs.mjs";

await answerJobs(async ({ texts, records }) =>
  texts.map((text) => records.map((record) => evaluate(text, record).value)),
);
