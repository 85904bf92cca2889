import { hashOf } from "../app/route.js";
import styles from "./WelcomePage.module.css";

/** Stands where a conversation is not, or no longer, open to the user. */
export const GonePage = () => (
  <main className={styles.page}>
    <h1>This conversation is not here</h1>
    <p>It was deleted, or you are not in it.</p>
    <p>
      <a href={hashOf({ name: "home" })}>Back to your conversations</a>
    </p>
  </main>
);
