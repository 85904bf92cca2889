import type { UsersListAgentsOutput } from "@vero/sdk";
import { useVero } from "@vero/sdk/react";
import { useEffect, useState } from "react";
import { useMe } from "../app/use-me.js";
import { PersonActions } from "./PersonActions.js";
import { PersonRow } from "./PersonRow.js";

type Agent = UsersListAgentsOutput["items"][number];

/** Those who answer others: whether they are free, and how much they have to do. */
export function AgentList({ onDone }: { onDone: () => void }) {
  const vero = useVero();
  const me = useMe();
  const [agents, setAgents] = useState<readonly Agent[]>();
  useEffect(() => {
    vero.users.listAgents({ limit: 100 }).then(
      ({ items }) => setAgents(items),
      () => setAgents([]),
    );
  }, [vero]);
  if (agents === undefined) return null;
  return (
    <ul aria-label="Agents">
      {agents.map(({ user, availability, open_conversation_count: count }) => (
        <PersonRow
          key={user.id}
          user={user}
          note={`${availability}, ${count} open ${count === 1 ? "conversation" : "conversations"}`}
        >
          {user.id !== me?.id && <PersonActions user={user} onDone={onDone} />}
        </PersonRow>
      ))}
    </ul>
  );
}
