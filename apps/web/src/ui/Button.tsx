import type { ButtonHTMLAttributes, ReactNode } from "react";
import styles from "./Button.module.css";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "primary" | "quiet" | "danger";
}

export function Button({ look = "quiet", className = "", type = "button", ...props }: ButtonProps) {
  return <button type={type} className={`${styles["button"]} ${styles[look]} ${className}`} {...props} />;
}

interface IconButtonProps extends Omit<ButtonHTMLAttributes<HTMLButtonElement>, "children"> {
  /** Read aloud, and shown by the pointer. */
  label: string;
  children: ReactNode;
}

export function IconButton({ label, className = "", children, ...props }: IconButtonProps) {
  return (
    <button type="button" aria-label={label} title={label} className={`${styles["icon"]} ${className}`} {...props}>
      {children}
    </button>
  );
}
