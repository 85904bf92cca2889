/** The operations that the product promises: method, path, name. Written by hand, so that no slip of the contract passes. */
export const table = `
POST   /auth/signup                                      auth.signup
POST   /auth/login                                       auth.login
POST   /auth/refresh                                     auth.refresh
POST   /auth/logout                                      auth.logout
GET    /auth/me                                          auth.me
PATCH  /auth/profile                                     auth.update_profile
POST   /auth/change-password                             auth.change_password
GET    /v1/chat/conversations                            conversations.list
POST   /v1/chat/conversations                            conversations.create
PATCH  /v1/chat/conversations/:id                        conversations.update
DELETE /v1/chat/conversations/:id                        conversations.delete
GET    /v1/chat/conversations/:id/participants           participants.list
POST   /v1/chat/conversations/:id/participants           participants.add
DELETE /v1/chat/conversations/:id/participants/:userId   participants.remove
POST   /v1/chat/conversations/:id/read                   conversations.mark_read
POST   /v1/chat/conversations/:id/typing                 conversations.set_typing
POST   /v1/chat/conversations/:id/mute                   conversations.mute
DELETE /v1/chat/conversations/:id/mute                   conversations.unmute
POST   /v1/chat/conversations/:id/archive                conversations.archive
DELETE /v1/chat/conversations/:id/archive                conversations.unarchive
GET    /v1/chat/conversations/unread                     conversations.list_unread
POST   /v1/chat/messages/send                            messages.send
GET    /v1/chat/conversations/:id/messages               messages.list
POST   /v1/chat/messages/sync                            messages.sync
PATCH  /v1/chat/messages/:id                             messages.edit
POST   /v1/chat/messages/:id/reactions                   messages.react
POST   /v1/chat/messages/forward                         messages.forward
GET    /v1/chat/messages/search                          messages.search
GET    /v1/chat/users                                    users.list
GET    /v1/chat/users/search                             users.search
GET    /v1/chat/agents                                   users.list_agents
POST   /v1/chat/users/:id/block                          users.block
DELETE /v1/chat/users/:id/block                          users.unblock
GET    /v1/chat/blocks                                   users.list_blocks
POST   /v1/chat/media/upload-url                         media.create_upload_url
POST   /v1/chat/media/:id/confirm                        media.confirm
GET    /v1/chat/media/:id                                media.get
GET    /v1/messaging/token                               messaging.token

POST   /auth/invites                                     auth.create_invite
GET    /auth/invites                                     auth.list_invites
DELETE /auth/invites/:id                                 auth.revoke_invite
GET    /auth/sessions                                    auth.list_sessions
DELETE /auth/sessions/:id                                auth.revoke_session
PATCH  /auth/members/:userId                             auth.update_member
GET    /v1/chat/conversations/:id                        conversations.get
PATCH  /v1/chat/conversations/:id/participants/:userId   participants.update
GET    /v1/chat/messages/:id                             messages.get
GET    /v1/chat/messages/:id/edits                       messages.list_edits
DELETE /v1/chat/messages/:id                             messages.delete
`
  .split("\n")
  .filter((line) => line !== "")
  .map((line) => line.split(/ +/) as [method: string, path: string, name: string]);
