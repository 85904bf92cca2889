import { Tabs } from "radix-ui";
import { Dialog } from "../ui/Dialog.js";
import tabs from "../ui/Tabs.module.css";
import { AgentList } from "./AgentList.js";
import { PeopleList } from "./PeopleList.js";

/** The people of the workspace, and those among them who answer others. */
export const PeopleDialog = ({ onClose }: { onClose: () => void }) => (
  <Dialog title="People" onClose={onClose} size="medium">
    <Tabs.Root defaultValue="all" className={tabs.root}>
      <Tabs.List className={tabs.list} aria-label="People">
        <Tabs.Trigger value="all">Everybody</Tabs.Trigger>
        <Tabs.Trigger value="agents">Agents</Tabs.Trigger>
      </Tabs.List>
      <Tabs.Content value="all" className={tabs.content}>
        <PeopleList onDone={onClose} />
      </Tabs.Content>
      <Tabs.Content value="agents" className={tabs.content}>
        <AgentList onDone={onClose} />
      </Tabs.Content>
    </Tabs.Root>
  </Dialog>
);
