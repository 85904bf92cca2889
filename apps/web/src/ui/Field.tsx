import { type InputHTMLAttributes, type ReactNode, useId } from "react";
import styles from "./Field.module.css";

interface FieldProps extends InputHTMLAttributes<HTMLInputElement> {
  label: string;
  hint?: ReactNode;
  error?: string | undefined;
}

/** A field of one line, with its label, and a hint or an error below it. */
export function Field({ label, hint, error, ...props }: FieldProps) {
  const id = useId();
  const note = error ?? hint;
  return (
    <div className={styles["field"]}>
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        dir="auto"
        aria-invalid={error !== undefined}
        aria-describedby={note === undefined ? undefined : `${id}-note`}
        {...props}
      />
      {note !== undefined && (
        <p id={`${id}-note`} className={error === undefined ? styles["hint"] : styles["error"]}>
          {note}
        </p>
      )}
    </div>
  );
}

/** An error of a whole form, read aloud when it appears. */
export function FormError({ children }: { children: ReactNode }) {
  return (
    <p role="alert" className={styles["formError"]}>
      {children}
    </p>
  );
}
