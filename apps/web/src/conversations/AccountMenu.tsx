import { Bell, BellOff, ChevronDown, Keyboard, LogOut, Monitor, Moon, Settings, Sun, UserPlus } from "lucide-react";
import { canNotify, setNotifying, useIsNotifying } from "../app/notifications.js";
import { signOut } from "../app/session.js";
import { setTheme, type Theme, useTheme } from "../app/theme.js";
import { useAccount } from "../app/use-account.js";
import { useWorkspace } from "../app/workspace-context.js";
import { Avatar } from "../people/Avatar.js";
import { Menu, MenuItem, MenuLine } from "../ui/Menu.js";
import { attempt } from "../ui/toast.js";
import styles from "./AccountMenu.module.css";

const nextTheme: Record<Theme, Theme> = { system: "light", light: "dark", dark: "system" };
const themeNames: Record<Theme, string> = { system: "as the system", light: "light", dark: "dark" };
const themeIcons: Record<Theme, typeof Sun> = { system: Monitor, light: Sun, dark: Moon };

export function AccountMenu() {
  const { me } = useAccount();
  const { openDialog } = useWorkspace();
  const theme = useTheme();
  const isOn = useIsNotifying();
  const ThemeIcon = themeIcons[theme];
  const mayInvite = me?.role === "owner" || me?.role === "admin";
  return (
    <Menu
      align="start"
      trigger={
        <button type="button" className={styles.trigger}>
          {me !== undefined && <Avatar user={me} size="small" withPresence />}
          <span className={styles.names}>
            <strong dir="auto">{me?.tenant.name ?? "Vero Chat"}</strong>
            <span dir="auto">{me?.display_name}</span>
          </span>
          <ChevronDown aria-hidden="true" />
        </button>
      }
    >
      {mayInvite && (
        <MenuItem icon={<UserPlus />} onSelect={() => openDialog({ name: "settings", tab: "invites" })}>
          Invite people
        </MenuItem>
      )}
      <MenuItem icon={<Settings />} onSelect={() => openDialog({ name: "settings", tab: "profile" })}>
        Settings
      </MenuItem>
      <MenuItem icon={<ThemeIcon />} onSelect={() => setTheme(nextTheme[theme])}>
        Theme: {themeNames[theme]}
      </MenuItem>
      {canNotify && (
        <MenuItem icon={isOn ? <Bell /> : <BellOff />} onSelect={() => void attempt(setNotifying(!isOn))}>
          Notifications: {isOn ? "on" : "off"}
        </MenuItem>
      )}
      <MenuItem icon={<Keyboard />} onSelect={() => openDialog({ name: "shortcuts" })}>
        Keyboard shortcuts
      </MenuItem>
      <MenuLine />
      <MenuItem icon={<LogOut />} onSelect={() => void signOut()}>
        Sign out
      </MenuItem>
    </Menu>
  );
}
