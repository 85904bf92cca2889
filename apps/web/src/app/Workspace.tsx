import type { Me } from "@vero/sdk";
import { useEffect, useState } from "react";
import { Button } from "../ui/Button.js";
import { signOut, vero } from "./session.js";

/** The pages of somebody who is signed in. */
export function Workspace() {
  const [me, setMe] = useState<Me>();
  useEffect(() => {
    void vero.auth.me().then(setMe);
  }, []);
  return (
    <main>
      <h1>{me?.tenant.name}</h1>
      <p>Signed in as {me?.display_name}</p>
      <Button onClick={signOut}>Sign out</Button>
    </main>
  );
}
