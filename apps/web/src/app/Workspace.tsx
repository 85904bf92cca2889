import { VeroProvider } from "@vero/sdk/react";
import { createStore, type Store } from "@vero/sdk/store";
import { idbStorage } from "@vero/sdk/store/idb";
import { useEffect, useState } from "react";
import { loadAccount } from "./account.js";
import { Columns } from "./Columns.js";
import { beforeSignOut, vero } from "./session.js";

/** The pages of somebody who is signed in, over a store that lives as long as they are. */
export function Workspace() {
  const [store, setStore] = useState<Store>();
  useEffect(() => {
    const created = createStore(vero, { storage: idbStorage("vero-chat") });
    setStore(created);
    // A session that has ended meanwhile ends this page too; all else is tried again, and said by the status.
    void created.start().catch(() => {});
    void loadAccount().catch(() => {});
    const forget = beforeSignOut(() => created.clear());
    return () => {
      forget();
      void created.close();
    };
  }, []);
  if (store === undefined) return null;
  return (
    <VeroProvider vero={vero} store={store}>
      <Columns />
    </VeroProvider>
  );
}
