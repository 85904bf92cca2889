import { useState } from "react";
import { Field } from "../ui/Field.js";
import { PersonActions } from "./PersonActions.js";
import { PersonRow } from "./PersonRow.js";
import { presenceText } from "./presence-text.js";
import { usePeople } from "./use-people.js";

export function PeopleList({ onDone }: { onDone: () => void }) {
  const [q, setQ] = useState("");
  const { people, isLoading } = usePeople(q);
  return (
    <>
      <Field label="Search by name or phone number" value={q} onChange={(event) => setQ(event.target.value)} />
      <ul aria-label="People">
        {people.map((user) => (
          <PersonRow key={user.id} user={user} note={presenceText({ ...user, availability: undefined }) || user.role}>
            <PersonActions user={user} onDone={onDone} />
          </PersonRow>
        ))}
      </ul>
      {people.length === 0 && !isLoading && <p>Nobody found.</p>}
    </>
  );
}
