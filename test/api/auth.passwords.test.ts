import { describe, expect, it } from "vitest";
import { expectProblem, useStack } from "../harness/accounts.js";
import { anEmail, createInvite, passphrase } from "../harness/people.js";

const { call, signUp } = useStack();
const names = { display_name: "Ada Lovelace", tenant_name: "Difference Machinery" };

describe("password_too_common: what somebody guesses who knows whose password it is", () => {
  it.each(["aaaaaaaa", "Password1!", "adalovelace", "Difference Machinery", "differencemachinery1"])(
    "signup: %s",
    async (password) => {
      expectProblem(
        await call("POST /auth/signup", { body: { email: anEmail(), password, ...names } }),
        400,
        "password_too_common",
      );
    },
  );

  it("signup with an invite: the name of the workspace that it leads to, and the invite stays good", async () => {
    const owner = await signUp(names);
    const join = { email: anEmail(), display_name: "Grace", invite_token: await createInvite(owner) };
    const weak = await call("POST /auth/signup", { body: { ...join, password: "DifferenceMachinery" } });
    expectProblem(weak, 400, "password_too_common");
    expect((await call("POST /auth/signup", { body: { ...join, password: passphrase } })).status).toBe(200);
  });

  it("change_password: one's own name and that of the workspace", async () => {
    const { token } = await signUp(names);
    for (const new_password of ["AdaLovelace", "difference-machinery"]) {
      const body = { current_password: passphrase, new_password };
      expectProblem(await call("POST /auth/change-password", { token, body }), 400, "password_too_common");
    }
  });
});
