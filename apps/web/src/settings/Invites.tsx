import type { User } from "@vero/sdk";
import { Copy } from "lucide-react";
import { type FormEvent, useState } from "react";
import { hashOf } from "../app/route.js";
import { vero } from "../app/session.js";
import { Button } from "../ui/Button.js";
import { copyText } from "../ui/copy-text.js";
import { Field } from "../ui/Field.js";
import form from "../ui/Form.module.css";
import { fullTime } from "../ui/time.js";
import { useList } from "./use-list.js";

const read = () => vero.auth.listInvites({ limit: 100 });
const roles: readonly User["role"][] = ["member", "agent", "admin"];

/** Invites into the workspace: each link is for one person, and is shown once. */
export function Invites() {
  const { items, change } = useList(read);
  const [link, setLink] = useState<string>();

  function onSubmit(event: FormEvent<HTMLFormElement>): void {
    event.preventDefault();
    const role = String(new FormData(event.currentTarget).get("role")) as User["role"];
    const create = vero.auth.createInvite({ role }).then(({ token }) => {
      setLink(new URL(hashOf({ name: "join", token }), document.baseURI).href);
    });
    void change(create);
  }

  return (
    <>
      <form onSubmit={onSubmit} className={form.row}>
        <label className={form.select}>
          Role
          <select name="role">
            {roles.map((role) => (
              <option key={role}>{role}</option>
            ))}
          </select>
        </label>
        <Button type="submit" look="primary">
          Create invite link
        </Button>
      </form>
      {link !== undefined && (
        <div className={form.form}>
          <Field
            label="Invite link"
            readOnly
            dir="ltr"
            value={link}
            onFocus={({ target }) => target.select()}
            hint="For one person. It is not shown again."
          />
          <Button className={form.submit ?? ""} onClick={() => void copyText(link)}>
            <Copy aria-hidden="true" /> Copy link
          </Button>
        </div>
      )}
      <ul aria-label="Open invites">
        {items?.map(({ id, role, email, expires_at }) => (
          <li key={id} className={form.item}>
            <span>
              <strong>{email ?? `Invite for one ${role}`}</strong>
              <span>until {fullTime(expires_at)}</span>
            </span>
            <Button onClick={() => change(vero.auth.revokeInvite({ id }))}>Revoke</Button>
          </li>
        ))}
      </ul>
    </>
  );
}
