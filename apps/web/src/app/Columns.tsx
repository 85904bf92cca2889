import { useState } from "react";
import { ConversationPage } from "../conversations/ConversationPage.js";
import { Sidebar } from "../conversations/Sidebar.js";
import { WelcomePage } from "../conversations/WelcomePage.js";
import { Toaster } from "../ui/Toaster.js";
import styles from "./Columns.module.css";
import { ConnectionBanner } from "./ConnectionBanner.js";
import { OpenDialog } from "./OpenDialog.js";
import { useRoute } from "./route.js";
import { useShortcut } from "./shortcuts.js";
import { useNeighbours } from "./use-neighbours.js";
import { useNotifications } from "./use-notifications.js";
import { usePageTitle } from "./use-page-title.js";
import { type DialogState, type Search, WorkspaceContext } from "./workspace-context.js";

/** The columns of the page: conversations, the one that is open, and its details; on a phone one at a time. */
export function Columns() {
  const route = useRoute();
  const [search, setSearch] = useState<Search>({ q: "", conversationId: undefined });
  const [filter, setFilter] = useState<"active" | "archived">("active");
  const [dialog, openDialog] = useState<DialogState>();
  const [isDetailsOpen, setDetailsOpen] = useState(false);
  useShortcut("mod+/", () => openDialog({ name: "shortcuts" }));
  useNeighbours();
  usePageTitle();
  useNotifications();
  const state = { search, setSearch, filter, setFilter, openDialog, isDetailsOpen, setDetailsOpen };
  return (
    <WorkspaceContext value={state}>
      <div className={styles.page}>
        <ConnectionBanner />
        <div className={styles.columns} data-open={route.name === "conversation"}>
          <Sidebar />
          {route.name === "conversation" ? (
            <ConversationPage key={route.id} id={route.id} target={route.seq} />
          ) : (
            <WelcomePage />
          )}
        </div>
      </div>
      {dialog !== undefined && <OpenDialog dialog={dialog} onClose={() => openDialog(undefined)} />}
      <Toaster />
    </WorkspaceContext>
  );
}
