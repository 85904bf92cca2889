import { type Bound, bind, gatewayContract } from "@vero/contracts";
import type { GatewayBases } from "../gateway.context.js";

const { auth } = gatewayContract;

export const authRouter = (bases: GatewayBases): Bound<typeof auth> =>
  bind("auth", auth, bases, {
    signup: ({ ctx, input }) => ctx.signups.signup(ctx, input),
    login: ({ ctx, input }) => ctx.auth.login(ctx, input),
    refresh: ({ ctx, input }) => ctx.auth.refresh(ctx, input),
    logout: ({ ctx, input }) => ctx.auth.logout(ctx.actor, input, ctx),
    me: ({ ctx }) => ctx.profiles.getMine(ctx.actor),
    update_profile: ({ ctx, input }) => ctx.profiles.update(ctx.actor, input),
    change_password: ({ ctx, input }) => ctx.auth.changePassword(ctx.actor, input, ctx),
    create_invite: ({ ctx, input }) => ctx.invites.create(ctx.actor, input, ctx),
    list_invites: ({ ctx, input }) => ctx.invites.list(ctx.actor, input),
    revoke_invite: ({ ctx, input }) => ctx.invites.revoke(ctx.actor, input.id, ctx),
    list_sessions: ({ ctx, input }) => ctx.sessions.list(ctx.actor, input),
    revoke_session: ({ ctx, input }) => ctx.sessions.revoke(ctx.actor, input.id, ctx),
    update_member: ({ ctx, input }) => ctx.members.update(ctx.actor, input, ctx),
  });
