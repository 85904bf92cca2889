import { NewConversation } from "../conversations/NewConversation.js";
import { DeleteDialog } from "../messages/DeleteDialog.js";
import { EditsDialog } from "../messages/EditsDialog.js";
import { ForwardDialog } from "../messages/ForwardDialog.js";
import { PeopleDialog } from "../people/PeopleDialog.js";
import { SettingsDialog } from "../settings/SettingsDialog.js";
import { ShortcutsDialog } from "./ShortcutsDialog.js";
import type { DialogState } from "./workspace-context.js";

export function OpenDialog({ dialog, onClose }: { dialog: DialogState; onClose: () => void }) {
  switch (dialog.name) {
    case "new":
      return <NewConversation onClose={onClose} />;
    case "people":
      return <PeopleDialog onClose={onClose} />;
    case "shortcuts":
      return <ShortcutsDialog onClose={onClose} />;
    case "settings":
      return <SettingsDialog tab={dialog.tab} onClose={onClose} />;
    case "edits":
      return <EditsDialog message={dialog.message} onClose={onClose} />;
    case "delete":
      return <DeleteDialog {...dialog} onClose={onClose} />;
    case "forward":
      return <ForwardDialog message={dialog.message} onClose={onClose} />;
  }
}
