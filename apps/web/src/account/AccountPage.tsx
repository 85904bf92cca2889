import type { ReactNode } from "react";
import icon from "../icon.svg";
import styles from "./AccountPage.module.css";

/** The frame of the pages before somebody is signed in. */
export function AccountPage({ title, children, footer }: { title: string; children: ReactNode; footer: ReactNode }) {
  return (
    <main className={styles["page"]}>
      <div className={styles["card"]}>
        <p className={styles["brand"]}>
          <img src={icon} alt="" width="36" height="36" /> Vero Chat
        </p>
        <h1>{title}</h1>
        {children}
        <p className={styles["footer"]}>{footer}</p>
      </div>
    </main>
  );
}
