import { go } from "../app/route.js";
import { signIn, vero } from "../app/session.js";
import { Button } from "../ui/Button.js";
import { Field, FormError } from "../ui/Field.js";
import { useSubmit } from "../ui/use-submit.js";
import { AccountPage } from "./AccountPage.js";

/** Creates an account: in a workspace of its own, or in that of an invite. */
export function SignUp({ invite }: { invite?: string }) {
  const { onSubmit, isBusy, error, errors } = useSubmit(async (fields) => {
    const { email = "", password = "", display_name = "", tenant_name = "" } = fields;
    const { timeZone: timezone } = Intl.DateTimeFormat().resolvedOptions();
    const account = { email, password, display_name, timezone };
    const input = invite === undefined ? { ...account, tenant_name } : { ...account, invite_token: invite };
    await signIn(() => vero.auth.signup(input));
    go({ name: "home" }, { replace: true });
  });
  return (
    <AccountPage
      title={invite === undefined ? "Create a workspace" : "Join your team"}
      footer={
        <>
          Have an account already? <a href="#/">Sign in</a>
        </>
      }
    >
      <form onSubmit={onSubmit}>
        <FormError>{error}</FormError>
        {invite === undefined && (
          <Field
            label="Name of the workspace"
            name="tenant_name"
            autoComplete="organization"
            required
            maxLength={100}
            error={errors["tenant_name"]}
          />
        )}
        <Field
          label="Your name"
          name="display_name"
          autoComplete="name"
          required
          maxLength={100}
          error={errors["display_name"]}
        />
        <Field label="E-mail" name="email" type="email" autoComplete="username" required error={errors["email"]} />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="new-password"
          required
          minLength={8}
          maxLength={128}
          hint="8 characters or more"
          error={errors["password"]}
        />
        <Button type="submit" look="primary" disabled={isBusy}>
          {invite === undefined ? "Create workspace" : "Join"}
        </Button>
      </form>
    </AccountPage>
  );
}
