import type { Message } from "@vero/sdk";
import { createContext, useContext } from "react";

export type SettingsTab = "profile" | "password" | "sessions" | "blocked" | "members" | "invites";

/** The dialog that is open. */
export type DialogState =
  | { name: "new" }
  | { name: "people" }
  | { name: "shortcuts" }
  | { name: "settings"; tab: SettingsTab }
  | { name: "forward"; message: Message }
  | { name: "edits"; message: Message }
  | { name: "delete"; message: Message; mayDeleteForEveryone: boolean };

/** A search for messages: in all conversations, or in one. */
export interface Search {
  q: string;
  conversationId: string | undefined;
}

export interface WorkspaceState {
  search: Search;
  setSearch: (search: Search) => void;
  filter: "active" | "archived";
  setFilter: (filter: "active" | "archived") => void;
  openDialog: (dialog: DialogState) => void;
  isDetailsOpen: boolean;
  setDetailsOpen: (isOpen: boolean) => void;
}

export const WorkspaceContext = createContext<WorkspaceState | null>(null);

export function useWorkspace(): WorkspaceState {
  const state = useContext(WorkspaceContext);
  if (state === null) throw new Error("useWorkspace is for components inside of Workspace.");
  return state;
}
