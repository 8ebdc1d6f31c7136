/** What arithmetic that is cut into steps comes to, all steps at once: for who need let nobody in between. */
export function atOnce<T>(steps: Generator<void, T>): T {
  for (;;) {
    const step = steps.next();
    if (step.done) return step.value;
  }
}
