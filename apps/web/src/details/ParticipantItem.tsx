import type { Conversation, Participant } from "@vero/sdk";
import { usePresence, useVero } from "@vero/sdk/react";
import { Crown, Ellipsis, MessageSquare, ShieldCheck, ShieldOff, UserMinus } from "lucide-react";
import { useMe } from "../app/use-me.js";
import { PersonRow } from "../people/PersonRow.js";
import { presenceText } from "../people/presence-text.js";
import { writeTo } from "../people/write-to.js";
import { IconButton } from "../ui/Button.js";
import { Menu, MenuItem } from "../ui/Menu.js";
import { attempt } from "../ui/toast.js";

interface ParticipantItemProps {
  conversation: Conversation;
  participant: Participant;
}

/** Somebody in a conversation, with what may be done about their part in it. */
export function ParticipantItem({ conversation, participant: { user, role } }: ParticipantItemProps) {
  const vero = useVero();
  const me = useMe();
  const presence = usePresence(user.id);
  const { id } = conversation;
  const { capabilities, role: myRole } = conversation.me;
  const isOther = user.id !== me?.id;
  const isBelow = isOther && role !== "owner";
  const mayChange = isBelow && capabilities.includes("update_participants");
  const mayRemove = isBelow && capabilities.includes("remove_participants");
  const setRole = (next: "owner" | "admin" | "member") => () =>
    void attempt(vero.participants.update({ id, userId: user.id, role: next }));
  const note = [role === "member" ? "" : role, presenceText(presence)].filter(Boolean).join(" · ");
  return (
    <PersonRow user={user} note={note || "member"}>
      {isOther && (
        <Menu
          trigger={
            <IconButton label={`More about ${user.display_name}`}>
              <Ellipsis />
            </IconButton>
          }
        >
          <MenuItem icon={<MessageSquare />} onSelect={() => void attempt(writeTo(vero, user.id))}>
            Write
          </MenuItem>
          {mayChange &&
            (role === "admin" ? (
              <MenuItem icon={<ShieldOff />} onSelect={setRole("member")}>
                Make a member
              </MenuItem>
            ) : (
              <MenuItem icon={<ShieldCheck />} onSelect={setRole("admin")}>
                Make an admin
              </MenuItem>
            ))}
          {mayChange && myRole === "owner" && (
            <MenuItem icon={<Crown />} onSelect={setRole("owner")}>
              Hand the group over
            </MenuItem>
          )}
          {mayRemove && (
            <MenuItem
              icon={<UserMinus />}
              isDanger
              onSelect={() => void attempt(vero.participants.remove({ id, userId: user.id }))}
            >
              Remove
            </MenuItem>
          )}
        </Menu>
      )}
    </PersonRow>
  );
}
