import { hashOf } from "../app/route.js";
import { signOut } from "../app/session.js";
import { Button } from "../ui/Button.js";
import { AccountPage } from "./AccountPage.js";

/** Stands before an invite that is opened by somebody who is signed in: an account belongs to one workspace. */
export const SignedInAlready = () => (
  <AccountPage title="Join your team" footer={<a href={hashOf({ name: "home" })}>Back to your conversations</a>}>
    <p>
      You are signed in to another workspace. To accept this invite, sign out, and join with another e-mail address.
    </p>
    <Button look="primary" onClick={signOut}>
      Sign out
    </Button>
  </AccountPage>
);
