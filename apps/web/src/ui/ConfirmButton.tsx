import { type ReactNode, useState } from "react";
import { Button } from "./Button.js";

interface ConfirmButtonProps {
  /** What the button says before the first click. */
  children: ReactNode;
  /** What it says before the second, which does it. */
  question: string;
  onConfirm: () => void;
}

/** A button that asks before it does what cannot be taken back easily; it forgets the first click when one goes on. */
export function ConfirmButton({ children, question, onConfirm }: ConfirmButtonProps) {
  const [isAsking, setAsking] = useState(false);
  return (
    <Button
      look="danger"
      onBlur={() => setAsking(false)}
      onClick={() => {
        setAsking(!isAsking);
        if (isAsking) onConfirm();
      }}
    >
      {isAsking ? question : children}
    </Button>
  );
}
