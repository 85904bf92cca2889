import type { Message } from "@vero/sdk";
import { useConversations, useVero } from "@vero/sdk/react";
import { useState } from "react";
import { useMe } from "../app/use-me.js";
import { ConversationPicture } from "../conversations/ConversationPicture.js";
import { contentOf } from "../conversations/summary.js";
import { conversationName } from "../people/names.js";
import picker from "../people/PersonPicker.module.css";
import { Button } from "../ui/Button.js";
import { Dialog } from "../ui/Dialog.js";
import { Field } from "../ui/Field.js";
import { attempt, showToast } from "../ui/toast.js";

const maxTargets = 20;

/** Chooses the conversations into which a message is forwarded. */
export function ForwardDialog({ message, onClose }: { message: Message; onClose: () => void }) {
  const vero = useVero();
  const me = useMe();
  const { items } = useConversations("all");
  const [q, setQ] = useState("");
  const [chosen, setChosen] = useState<readonly string[]>([]);
  const named = items.map((conversation) => ({ conversation, name: conversationName(conversation, me?.id) }));
  const found = named.filter(({ name }) => name.toLocaleLowerCase().includes(q.trim().toLocaleLowerCase()));

  async function forward(): Promise<void> {
    const { results } = await vero.messages.forward({ message_ids: [message.id], conversation_ids: [...chosen] });
    const failed = results.filter(({ status }) => status !== "sent").length;
    showToast(failed === 0 ? "Forwarded" : `Not forwarded to ${failed} of ${results.length} conversations`);
  }

  return (
    <Dialog
      title="Forward"
      onClose={onClose}
      footer={
        <Button
          look="primary"
          disabled={chosen.length === 0}
          onClick={() => {
            onClose();
            void attempt(forward());
          }}
        >
          Forward
        </Button>
      }
    >
      <p dir="auto">“{contentOf(message).slice(0, 160)}”</p>
      <Field label="To" placeholder="Search conversations" value={q} onChange={(event) => setQ(event.target.value)} />
      <ul className={picker.list} aria-label="Conversations">
        {found.map(({ conversation, name }) => (
          <li key={conversation.id}>
            <label className={picker.person}>
              <input
                type="checkbox"
                checked={chosen.includes(conversation.id)}
                disabled={chosen.length === maxTargets && !chosen.includes(conversation.id)}
                onChange={({ target }) =>
                  setChosen(
                    target.checked ? [...chosen, conversation.id] : chosen.filter((id) => id !== conversation.id),
                  )
                }
              />
              <ConversationPicture conversation={conversation} myId={me?.id} size="small" />
              <span dir="auto">{name}</span>
            </label>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
