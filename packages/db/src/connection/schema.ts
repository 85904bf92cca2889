export * from "../auth/auth.table.js";
export * from "../conversations/conversations.table.js";
export * from "../messages/messages.table.js";
export * from "../participants/participants.table.js";
export * from "../realtime/realtime.table.js";
export * from "../tenants/tenants.table.js";
export * from "../users/blocks.table.js";
export * from "../users/users.table.js";
