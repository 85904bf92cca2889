/** Calls a listener, which may be an async function: its rejection is an error of a listener, too. */
export function callListener(call: () => unknown, onError: (error: unknown) => void): void {
  try {
    Promise.resolve(call()).catch(onError);
  } catch (error) {
    onError(error);
  }
}
