import { SignedInAlready } from "../account/SignedInAlready.js";
import { SignIn } from "../account/SignIn.js";
import { SignUp } from "../account/SignUp.js";
import { useRoute } from "./route.js";
import { useSession } from "./session.js";
import { Workspace } from "./Workspace.js";

export function App() {
  const session = useSession();
  const route = useRoute();
  if (session.status === "loading") return null;
  if (session.status === "signed_in") return route.name === "join" ? <SignedInAlready /> : <Workspace />;
  if (route.name === "signup") return <SignUp />;
  if (route.name === "join") return <SignUp invite={route.token} />;
  return <SignIn notice={session.notice} />;
}
