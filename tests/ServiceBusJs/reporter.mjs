// One line of JSON a test: what runs the suite reads them.
export default async function* report(source) {
  for await (const { type, data } of source) {
    if (type === "test:pass" || type === "test:fail") {
      const error = data.details?.error;
      yield `${JSON.stringify({
        name: data.name,
        passed: type === "test:pass" && data.skip === undefined && data.todo === undefined,
        seconds: (data.details?.duration_ms ?? 0) / 1_000,
        error: error === undefined ? null : String((error.cause ?? error).stack ?? error.cause ?? error),
      })}\n`;
    }
  }
}
