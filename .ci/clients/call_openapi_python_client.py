"""Calls a server with what openapi-python-client makes of openapi.json: a sign-up, a message, and an error with its code."""

import sys
from uuid import uuid4

from vero_client import AuthenticatedClient, Client
from vero_client.api.auth import auth_signup
from vero_client.api.conversations import conversations_create
from vero_client.api.messages import messages_get, messages_send
from vero_client.models import (
    AuthSignupRequest,
    AuthTokens,
    Conversation,
    ConversationsCreateRequest,
    ConversationType,
    ErrorCode,
    Message,
    MessagesSendRequest,
    Problem,
)

url = sys.argv[1]
ada = AuthSignupRequest(
    email="openapi-python-client@example.com",
    password="engines weave algebraic patterns",
    display_name="Ada",
    tenant_name="Analytical Engines",
)
tokens = auth_signup.sync(client=Client(base_url=url), body=ada)
assert isinstance(tokens, AuthTokens), tokens
client = AuthenticatedClient(base_url=url, token=tokens.access_token)

group = conversations_create.sync(
    client=client, body=ConversationsCreateRequest(type_=ConversationType.GROUP, participant_ids=[])
)
assert isinstance(group, Conversation), group

sent = messages_send.sync(
    client=client, body=MessagesSendRequest(conversation_id=group.id, text="Hello from Python")
)
assert isinstance(sent, Message) and sent.text == "Hello from Python" and sent.seq >= 1, sent

problem = messages_get.sync(uuid4(), client=client)
assert isinstance(problem, Problem) and problem.code == ErrorCode.MESSAGE_NOT_FOUND, problem
print(f"openapi-python-client: sent as seq {sent.seq}, refused with {problem.code}")
