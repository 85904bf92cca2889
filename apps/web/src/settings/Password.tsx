import { useVero } from "@vero/sdk/react";
import { Button } from "../ui/Button.js";
import { Field, FormError } from "../ui/Field.js";
import form from "../ui/Form.module.css";
import { showToast } from "../ui/toast.js";
import { useSubmit } from "../ui/use-submit.js";

export function Password() {
  const vero = useVero();
  const { onSubmit, isBusy, error, errors } = useSubmit(async ({ current_password = "", new_password = "" }) => {
    await vero.auth.changePassword({ current_password, new_password });
    showToast("The password is changed, and all other sessions have ended.");
  });
  return (
    <form onSubmit={onSubmit} className={form.form}>
      <FormError>{error}</FormError>
      <Field
        label="Current password"
        name="current_password"
        type="password"
        autoComplete="current-password"
        required
        error={errors["current_password"]}
      />
      <Field
        label="New password"
        name="new_password"
        type="password"
        autoComplete="new-password"
        required
        minLength={8}
        maxLength={128}
        hint="8 characters or more. All other sessions end."
        error={errors["new_password"]}
      />
      <Button type="submit" look="primary" className={form.submit ?? ""} disabled={isBusy}>
        Change password
      </Button>
    </form>
  );
}
