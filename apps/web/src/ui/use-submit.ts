import { isVeroError } from "@vero/sdk";
import { type FormEvent, useState } from "react";
import { describeError } from "./describe-error.js";

/** The state of a form that calls the service: its errors by field, one for the whole, and whether it is under way. */
export function useSubmit(submit: (fields: Record<string, string>) => Promise<unknown>) {
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<string>();
  const [errors, setErrors] = useState<Record<string, string>>({});

  async function onSubmit(event: FormEvent<HTMLFormElement>): Promise<void> {
    event.preventDefault();
    const data = new FormData(event.currentTarget);
    const fields = Object.fromEntries([...data].map(([name, value]) => [name, String(value)]));
    setBusy(true);
    setError(undefined);
    setErrors({});
    try {
      await submit(fields);
    } catch (thrown) {
      const ofFields = isVeroError(thrown) ? (thrown.errors ?? []) : [];
      const byName = Object.fromEntries(ofFields.map(({ path, message }) => [String(path), message]));
      setErrors(byName);
      if (!Object.keys(byName).some((name) => name in fields)) setError(describeError(thrown));
    } finally {
      setBusy(false);
    }
  }

  return { onSubmit, isBusy, error, errors };
}
