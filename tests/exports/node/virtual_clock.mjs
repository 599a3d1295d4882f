// Time that passes only when it is told to, for engines that use setTimeout.

export class VirtualClock {
  now = 0; // milliseconds
  #timers = new Map();
  #last = 0;
  #longest;

  // A real timer that is longer than node allows goes off at once, and so does this one.
  constructor(longest = 2 ** 31 - 1) {
    this.#longest = longest;
  }

  setTimeout = (act, delay = 0, ...args) => {
    const due = this.now + (delay > this.#longest ? 1 : Math.max(0, delay));
    this.#last += 1;
    this.#timers.set(this.#last, { due, act: () => act(...args) });
    return this.#last;
  };

  clearTimeout = (id) => {
    this.#timers.delete(id);
  };

  // What is due before so many milliseconds are over happens; then it is so much later. What is
  // due at that very moment comes after whatever is reported now.
  advance(milliseconds) {
    const end = this.now + milliseconds;
    for (let next = this.#next(); next && next[1].due < end; next = this.#next()) {
      this.#fire(next);
    }
    this.now = end;
  }

  // It becomes the time of the next timer, and that goes off.
  toNext() {
    const next = this.#next();
    if (!next) throw new Error("no timer is waited for");
    this.#fire(next);
  }

  get isEmpty() {
    return this.#timers.size === 0;
  }

  #next() {
    let first;
    for (const one of this.#timers) if (!first || one[1].due < first[1].due) first = one;
    return first;
  }

  #fire([id, { due, act }]) {
    this.#timers.delete(id);
    this.now = due;
    act();
  }
}
