import { Tabs } from "radix-ui";
import { useAccount } from "../app/use-account.js";
import type { SettingsTab } from "../app/workspace-context.js";
import { Dialog } from "../ui/Dialog.js";
import tabs from "../ui/Tabs.module.css";
import { Blocked } from "./Blocked.js";
import { Invites } from "./Invites.js";
import { Members } from "./Members.js";
import { Password } from "./Password.js";
import { Profile } from "./Profile.js";
import { Sessions } from "./Sessions.js";

const own = [
  { tab: "profile", name: "Profile", Content: Profile },
  { tab: "password", name: "Password", Content: Password },
  { tab: "sessions", name: "Sessions", Content: Sessions },
  { tab: "blocked", name: "Blocked", Content: Blocked },
] as const;

const ofWorkspace = [
  { tab: "members", name: "Members", Content: Members },
  { tab: "invites", name: "Invites", Content: Invites },
] as const;

export function SettingsDialog({ tab, onClose }: { tab: SettingsTab; onClose: () => void }) {
  const { me } = useAccount();
  const shown = me?.role === "owner" || me?.role === "admin" ? [...own, ...ofWorkspace] : own;
  return (
    <Dialog title="Settings" onClose={onClose} size="medium">
      <Tabs.Root defaultValue={tab} className={tabs.root}>
        <Tabs.List className={tabs.list} aria-label="Settings">
          {shown.map(({ tab: value, name }) => (
            <Tabs.Trigger key={value} value={value}>
              {name}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {shown.map(({ tab: value, Content }) => (
          <Tabs.Content key={value} value={value} className={tabs.content}>
            <Content />
          </Tabs.Content>
        ))}
      </Tabs.Root>
    </Dialog>
  );
}
