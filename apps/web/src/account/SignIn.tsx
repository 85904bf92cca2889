import { signIn, vero } from "../app/session.js";
import { Button } from "../ui/Button.js";
import { Field, FormError } from "../ui/Field.js";
import { useSubmit } from "../ui/use-submit.js";
import { AccountPage } from "./AccountPage.js";

/** Signs in. `notice` says why somebody who was signed in is here. */
export function SignIn({ notice }: { notice: string | undefined }) {
  const { onSubmit, isBusy, error, errors } = useSubmit(({ email = "", password = "" }) =>
    signIn(() => vero.auth.login({ email, password })),
  );
  return (
    <AccountPage
      title="Sign in"
      footer={
        <>
          No account yet? <a href="#/signup">Create a workspace</a>, or open the invite that you were sent.
        </>
      }
    >
      <form onSubmit={onSubmit}>
        <FormError>{error ?? notice}</FormError>
        <Field label="E-mail" name="email" type="email" autoComplete="username" required error={errors["email"]} />
        <Field
          label="Password"
          name="password"
          type="password"
          autoComplete="current-password"
          required
          error={errors["password"]}
        />
        <Button type="submit" look="primary" disabled={isBusy}>
          Sign in
        </Button>
      </form>
    </AccountPage>
  );
}
