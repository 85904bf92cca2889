import type { ButtonHTMLAttributes } from "react";
import styles from "./Button.module.css";

interface ButtonProps extends ButtonHTMLAttributes<HTMLButtonElement> {
  look?: "primary" | "quiet" | "danger";
}

export function Button({ look = "quiet", className = "", type = "button", ...props }: ButtonProps) {
  return <button type={type} className={`${styles["button"]} ${styles[look]} ${className}`} {...props} />;
}
