import { createTRPCClient, httpBatchLink, isTRPCClientError } from "@trpc/client";
import type { AppRouter } from "@vero/contracts";

/** Signs in, and reads what there is to read, in one request. */
export async function overview(baseUrl: string, credentials: { email: string; password: string }) {
  let token: string | undefined;
  const client = createTRPCClient<AppRouter>({
    links: [
      httpBatchLink({
        url: `${baseUrl}/trpc`,
        // One request carries at most ten calls.
        maxItems: 10,
        headers: () => (token === undefined ? {} : { authorization: `Bearer ${token}` }),
      }),
    ],
  });
  token = (await client.auth.login.mutate(credentials)).access_token;
  const [me, { items }] = await Promise.all([client.auth.me.query(), client.conversations.list.query({ limit: 10 })]);
  try {
    await client.conversations.get.query({ id: me.id });
  } catch (error) {
    if (!isTRPCClientError<AppRouter>(error)) throw error;
    // The same problem as over REST; `code` is what to branch on.
    return { me, items, refusal: error.data?.problem.code };
  }
  return { me, items, refusal: undefined };
}
