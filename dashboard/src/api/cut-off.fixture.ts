/** For specs: an answer whose connection is lost within its body. */
export function cutOff(): Response {
  const body = new ReadableStream({
    start(controller) {
      controller.enqueue(new TextEncoder().encode('{"meta":'));
      controller.error(new TypeError('network error'));
    },
  });
  return new Response(body, { status: 200 });
}
