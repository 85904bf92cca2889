import type { Conversation } from "@vero/sdk";
import { useStore } from "@vero/sdk/react";
import { Archive, ArchiveRestore, Bell, BellOff, Clock, Ellipsis, LogOut, Trash2 } from "lucide-react";
import { useState } from "react";
import { IconButton } from "../ui/Button.js";
import { Menu, MenuItem, MenuLine } from "../ui/Menu.js";
import { attempt } from "../ui/toast.js";
import { LeaveDialog } from "./LeaveDialog.js";

const hourMs = 60 * 60 * 1_000;

export function ConversationMenu({ conversation }: { conversation: Conversation }) {
  const store = useStore();
  const [leaving, setLeaving] = useState<"leave" | "delete">();
  const { id, me } = conversation;
  const muteFor = (hours: number) => store.mute(id, new Date(Date.now() + hours * hourMs).toISOString());
  return (
    <>
      <Menu
        trigger={
          <IconButton label="More">
            <Ellipsis />
          </IconButton>
        }
      >
        {me.is_muted ? (
          <MenuItem icon={<Bell />} onSelect={() => void attempt(store.unmute(id))}>
            Unmute
          </MenuItem>
        ) : (
          <>
            <MenuItem icon={<Clock />} onSelect={() => void attempt(muteFor(8))}>
              Mute for 8 hours
            </MenuItem>
            <MenuItem icon={<BellOff />} onSelect={() => void attempt(store.mute(id))}>
              Mute
            </MenuItem>
          </>
        )}
        {me.archived_at === null ? (
          <MenuItem icon={<Archive />} onSelect={() => void attempt(store.archive(id))}>
            Archive
          </MenuItem>
        ) : (
          <MenuItem icon={<ArchiveRestore />} onSelect={() => void attempt(store.unarchive(id))}>
            Unarchive
          </MenuItem>
        )}
        <MenuLine />
        {me.capabilities.includes("leave") && (
          <MenuItem icon={<LogOut />} isDanger onSelect={() => setLeaving("leave")}>
            Leave
          </MenuItem>
        )}
        <MenuItem icon={<Trash2 />} isDanger onSelect={() => setLeaving("delete")}>
          Delete
        </MenuItem>
      </Menu>
      {leaving !== undefined && (
        <LeaveDialog conversation={conversation} kind={leaving} onClose={() => setLeaving(undefined)} />
      )}
    </>
  );
}
