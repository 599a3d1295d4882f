// Jobs come as lines of JSON and are answered in lines of JSON, one after the other.

import { createInterface } from "node:readline";

const MOST = 10_000; // questions that one journey may ask

const said = (error) => `${error?.stack ?? JSON.stringify(error)}`;

export async function answerJobs(answer) {
  for await (const line of createInterface({ input: process.stdin })) {
    const answered = await answer(JSON.parse(line)).catch((error) => ({ failed: said(error) }));
    process.stdout.write(`${JSON.stringify(answered)}\n`);
  }
}

// For each vector what the engine made of it, or why it could not.
export async function runAll(vectors, run) {
  const results = [];
  for (const vector of vectors) {
    try {
      results.push({ id: vector.id, ...(await run(vector)) });
    } catch (error) {
      results.push({ id: vector.id, error: said(error) });
    }
  }
  return results;
}

// The decisions of a vector in the order in which they are asked for.
export class Decisions {
  #left;
  #asked = 0;

  constructor(decisions) {
    this.#left = [...decisions];
  }

  // The decision at the node; undefined if none is made there, because a timer goes off.
  at(node) {
    this.#asked += 1;
    if (this.#asked > MOST) throw new Error(`it goes round in circles: ${node}`);
    return this.#left[0]?.node === node ? this.#left.shift() : undefined;
  }

  end() {
    if (this.#left.length) throw new Error(`nothing asked for a decision: ${this.#left[0].node}`);
  }
}

export const isStep = (id) => !id.includes("-");
