import { useVero } from "@vero/sdk/react";
import { loadAccount } from "../app/account.js";
import { useAccount } from "../app/use-account.js";
import { Button } from "../ui/Button.js";
import { Field, FormError } from "../ui/Field.js";
import form from "../ui/Form.module.css";
import { showToast } from "../ui/toast.js";
import { useSubmit } from "../ui/use-submit.js";

const zones = Intl.supportedValuesOf("timeZone");

export function Profile() {
  const vero = useVero();
  const { me } = useAccount();
  const { onSubmit, isBusy, error, errors } = useSubmit(async (fields) => {
    const { display_name = "", phone = "", avatar_url = "", timezone = "", availability } = fields;
    const orNull = (text: string): string | null => text.trim() || null;
    await vero.auth.updateProfile({
      display_name,
      phone: orNull(phone),
      avatar_url: orNull(avatar_url),
      timezone: orNull(timezone),
      availability: availability === "busy" ? "busy" : "online",
    });
    await loadAccount();
    showToast("Saved");
  });
  if (me === undefined) return null;
  const isBusyNow = me.availability === "busy";
  return (
    <form onSubmit={onSubmit} className={form.form}>
      <FormError>{error}</FormError>
      <p className={form.note}>{me.email}</p>
      <Field
        label="Name"
        name="display_name"
        required
        maxLength={100}
        defaultValue={me.display_name}
        error={errors["display_name"]}
      />
      <Field
        label="Phone"
        name="phone"
        type="tel"
        hint="Others can find you by it, but do not see it."
        defaultValue={me.phone ?? ""}
        error={errors["phone"]}
      />
      <Field
        label="Address of a picture"
        name="avatar_url"
        type="url"
        placeholder="https://"
        defaultValue={me.avatar_url ?? ""}
        error={errors["avatar_url"]}
      />
      <div className={form.row}>
        <label className={form.select}>
          Time zone
          <select name="timezone" defaultValue={me.timezone ?? ""}>
            <option value="">Not said</option>
            {me.timezone !== null && !zones.includes(me.timezone) && <option>{me.timezone}</option>}
            {zones.map((zone) => (
              <option key={zone}>{zone}</option>
            ))}
          </select>
        </label>
        <label className={form.select}>
          Shown as
          <select name="availability" defaultValue={isBusyNow ? "busy" : "online"}>
            <option value="online">Online</option>
            <option value="busy">Busy</option>
          </select>
        </label>
      </div>
      <Button type="submit" look="primary" className={form.submit ?? ""} disabled={isBusy}>
        Save
      </Button>
    </form>
  );
}
