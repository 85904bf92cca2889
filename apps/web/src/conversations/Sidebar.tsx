import { Archive, MessageSquarePlus, Search, Users, X } from "lucide-react";
import { useRef } from "react";
import { useShortcut } from "../app/shortcuts.js";
import { type Search as SearchState, useWorkspace } from "../app/workspace-context.js";
import { SearchResults } from "../search/SearchResults.js";
import { IconButton } from "../ui/Button.js";
import { AccountMenu } from "./AccountMenu.js";
import { ConversationList } from "./ConversationList.js";
import styles from "./Sidebar.module.css";

/** The left column: who one is, search, and the conversations. */
export function Sidebar() {
  const { search, setSearch, openDialog, filter, setFilter } = useWorkspace();
  const input = useRef<HTMLInputElement>(null);
  useShortcut("mod+k", () => input.current?.focus());
  useShortcut("mod+shift+k", () => openDialog({ name: "new" }));

  return (
    <aside className={styles.sidebar} aria-label="Conversations">
      <header className={styles.header}>
        <AccountMenu />
        <IconButton label="People" onClick={() => openDialog({ name: "people" })}>
          <Users />
        </IconButton>
        <IconButton label="New conversation" onClick={() => openDialog({ name: "new" })}>
          <MessageSquarePlus />
        </IconButton>
      </header>
      <search className={styles.search}>
        <Search aria-hidden="true" />
        <input
          ref={input}
          type="text"
          dir="auto"
          aria-label="Search"
          aria-keyshortcuts="Control+K"
          placeholder={search.conversationId === undefined ? "Search" : "Search in this conversation"}
          value={search.q}
          onChange={(event) => setSearch({ ...search, q: event.target.value })}
          onKeyDown={(event) => event.key === "Escape" && setSearch(noSearch)}
          // biome-ignore lint/a11y/noAutofocus: asked for by the button that opens the search of a conversation
          autoFocus={search.conversationId !== undefined}
          key={search.conversationId}
        />
        {(search.q !== "" || search.conversationId !== undefined) && (
          <IconButton label="End search" onClick={() => setSearch(noSearch)}>
            <X />
          </IconButton>
        )}
      </search>
      <div className={styles.scroll}>
        {search.q.trim() !== "" || search.conversationId !== undefined ? (
          <SearchResults search={search} />
        ) : (
          <ConversationList filter={filter} onNew={() => openDialog({ name: "new" })} />
        )}
      </div>
      {search.q === "" && search.conversationId === undefined && (
        <button
          type="button"
          className={styles.archive}
          aria-pressed={filter === "archived"}
          onClick={() => setFilter(filter === "active" ? "archived" : "active")}
        >
          <Archive aria-hidden="true" />
          {filter === "active" ? "Archived" : "Back to all conversations"}
        </button>
      )}
    </aside>
  );
}

const noSearch: SearchState = { q: "", conversationId: undefined };
