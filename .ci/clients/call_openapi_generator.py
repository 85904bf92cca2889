"""Calls a server with what openapi-generator makes of openapi.json: a sign-up, a message, a reaction, and an error with its code."""

import sys
from uuid import uuid4

import vero_chat
from vero_chat.models import (
    AuthSignupRequest,
    ConversationsCreateRequest,
    ConversationType,
    ErrorCode,
    MessagesReactRequest,
    MessagesSendRequest,
)

configuration = vero_chat.Configuration(host=sys.argv[1])
api = vero_chat.ApiClient(configuration)
tokens = vero_chat.AuthApi(api).auth_signup(
    AuthSignupRequest(
        email="openapi-generator@example.com",
        password="engines weave algebraic patterns",
        display_name="Ada",
        tenant_name="Analytical Engines",
    )
)
configuration.access_token = tokens.access_token

group = vero_chat.ConversationsApi(api).conversations_create(
    ConversationsCreateRequest(type=ConversationType.GROUP, participant_ids=[])
)
messages = vero_chat.MessagesApi(api)
sent = messages.messages_send(MessagesSendRequest(conversation_id=group.id, text="Hello from Python"))
assert sent.text == "Hello from Python" and sent.seq >= 1, sent

# An emoji: the rule is the server's, so that no pattern of another engine stands in its way.
reacted = messages.messages_react(sent.id, MessagesReactRequest(emoji="👍"))
assert reacted.reacted and reacted.reactions[0].count == 1, reacted

try:
    messages.messages_get(uuid4())
    raise AssertionError("a message that is not there was answered")
except vero_chat.exceptions.NotFoundException as error:
    assert error.data.code == ErrorCode.MESSAGE_NOT_FOUND, error
    print(f"openapi-generator: sent as seq {sent.seq}, reacted, refused with {error.data.code.value}")
