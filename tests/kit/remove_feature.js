// Runs in the page before any script of its own: takes one feature away, wherever on the prototypes it lives.
(() => {
  const path = NAME, last = path.pop();
  let holder = globalThis;
  for (const name of path) holder = holder?.[name];
  for (; holder; holder = Object.getPrototypeOf(holder)) {
    if (Object.hasOwn(holder, last) && !delete holder[last]) {
      Object.defineProperty(holder, last, { value: undefined, configurable: true });
    }
  }
})();
