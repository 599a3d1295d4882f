// Checks workflows, a line of JSON each, and writes for each a line: null, or what is wrong.
const readline = require("node:readline");
const { validate } = require("@serverlessworkflow/sdk");

readline.createInterface({ input: process.stdin }).on("line", (line) => {
  let wrong = null;
  try {
    validate("Workflow", JSON.parse(line));
  } catch (error) {
    wrong = String(error.message);
  }
  process.stdout.write(`${JSON.stringify(wrong)}\n`);
});
