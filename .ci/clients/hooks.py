"""What a property-based run knows beyond openapi.json: who calls, which ids exist, and what is said in words only."""

import atexit
import itertools
import os
import random
import threading
import unicodedata
import uuid

import requests
import schemathesis
from schemathesis import GenerationMode

URL = os.environ["VERO_URL"]
PASSWORD = "engines weave algebraic patterns"
REBUILD_AFTER = 150

# What ends the caller's own session, or the caller.
ENDING = {
    "POST /auth/logout",
    "POST /auth/change-password",
    "DELETE /auth/sessions/{id}",
    "PATCH /auth/members/{userId}",
}


def call(method, path, token=None, **body):
    headers = {} if token is None else {"authorization": f"Bearer {token}"}
    response = requests.request(method, URL + path, headers=headers, json=body or None, timeout=30)
    response.raise_for_status()
    return response.json() if response.content else None


def sign_up(**more):
    person = {"email": f"{uuid.uuid4()}@example.com", "password": PASSWORD, "display_name": "Ada"}
    return call("POST", "/auth/signup", **person, **more)


class World:
    """A workspace with things in it. They are made anew now and then, because the run deletes them."""

    def __init__(self):
        self.lock = threading.Lock()
        self.uses = itertools.count()
        self.owner = sign_up(tenant_name="Analytical Engines")
        token = self.owner["access_token"]
        invites = [call("POST", "/auth/invites", token, role="member") for _ in range(3)]
        self.others = [sign_up(invite_token=invite["token"])["user"]["id"] for invite in invites]
        self.fill()

    def fill(self):
        # An access token lives for ten minutes, and so does none of these.
        login = {"email": self.owner["user"]["email"], "password": PASSWORD}
        self.token = token = call("POST", "/auth/login", **login)["access_token"]
        group = call("POST", "/v1/chat/conversations", token, type="group", participant_ids=self.others)["id"]
        send = {"conversation_id": group, "text": "Hello, Grace!"}
        messages = [call("POST", "/v1/chat/messages/send", token, **send)["id"] for _ in range(3)]
        invite = call("POST", "/auth/invites", token, role="member")["id"]
        self.ids = {"conversation": [group], "message": messages, "user": self.others, "invite": [invite]}

    def look(self):
        with self.lock:
            if next(self.uses) % REBUILD_AFTER == REBUILD_AFTER - 1:
                self.fill()
            return self.token, self.ids


WORLD = World()


@schemathesis.auth(refresh_interval=None)
class Caller:
    def get(self, case, ctx):
        if case.operation.label in ENDING:
            return sign_up(tenant_name="For one call")["access_token"]
        return WORLD.look()[0]

    def set(self, case, data, ctx):
        case.headers = {**(case.headers or {}), "Authorization": f"Bearer {data}"}


KINDS = {"conversations": "conversation", "messages": "message", "users": "user", "participants": "user", "invites": "invite"}
FIELDS = {
    "conversation_id": "conversation",
    "reply_to_message_id": "message",
    "conversation_ids": "conversation",
    "message_ids": "message",
    "participant_ids": "user",
    "user_ids": "user",
    "mentions": "user",
}
ZONES = ["Europe/Berlin", "America/New_York", "UTC"]
PHONES = ["+49 30 901820", "+1 (415) 555-2671"]
FUTURE = ["9999-01-01T00:00:00Z", "2999-12-31T23:59:59.999+14:00"]
EMOJI = ["👍", "❤️", "👩‍👩‍👧", "🇩🇪", "1️⃣"]


def known(dice, ids, kind, value):
    """An id of something that exists, three times out of four."""
    if kind not in ids or dice.random() < 0.25:
        return value
    return [dice.choice(ids[kind])] if isinstance(value, list) else dice.choice(ids[kind])


def name_what_exists(case, dice):
    _, ids = WORLD.look()
    segments = case.operation.path.split("/")
    for before, segment in itertools.pairwise(segments):
        name = segment.strip("{}")
        if segment != name and name in case.path_parameters and before in KINDS:
            case.path_parameters[name] = known(dice, ids, KINDS[before], case.path_parameters[name])
    if isinstance(case.body, dict):
        for field, kind in FIELDS.items():
            if case.body.get(field):
                case.body[field] = known(dice, ids, kind, case.body[field])


def keep_to_the_words(case, dice):
    """What the document says in words only."""
    query = case.query if isinstance(case.query, dict) else {}
    query.pop("cursor", None)
    for other in [name for name in ("before_seq", "after_seq", "around_seq") if name in query][1:]:
        del query[other]
    body = case.body if isinstance(case.body, dict) else {}
    body.pop("user_cursor", None)
    for field, values in {"emoji": EMOJI, "timezone": ZONES, "until": FUTURE, "phone": PHONES}.items():
        if isinstance(body.get(field), str):
            body[field] = dice.choice(values)
    for field in ("text", "name", "description", "display_name", "tenant_name"):
        if isinstance(body.get(field), str) and not any(unicodedata.category(one)[0] in "LNPS" for one in body[field]):
            body[field] = "Ada"
    # A name is one line, whose direction is its own.
    for field in ("name", "display_name", "tenant_name"):
        if isinstance(body.get(field), str) and any(unicodedata.category(one)[0] in "CZ" for one in body[field]):
            body[field] = "Grace"


@schemathesis.hook
def before_call(ctx, case, kwargs):
    if case.meta is not None and case.meta.generation.mode is GenerationMode.POSITIVE:
        dice = random.Random(case.id)
        name_what_exists(case, dice)
        keep_to_the_words(case, dice)


COUNT = itertools.count()


@schemathesis.hook
def after_call(ctx, case, response):
    next(COUNT)


# Of metadata, which may hold any JSON, no schema can say which keys, depths and numbers are refused.
SAID_IN_WORDS = {"forbidden_key", "too_deep", "inexact_number"}


@schemathesis.check
def well_formed_is_not_malformed(ctx, response, case):
    """A request that keeps to the document is never refused as one that does not."""
    if case.meta is None or case.meta.generation.mode is not GenerationMode.POSITIVE or response.status_code != 400:
        return
    problem = response.json()
    code = problem["code"]
    if {issue["code"] for issue in problem.get("errors", [])} & SAID_IN_WORDS:
        return
    assert code not in ("validation_failed", "malformed_json"), f"refused a well-formed request: {response.text}"


@atexit.register
def report():
    made = next(COUNT)
    print(f"schemathesis: {made} requests")
    if os.environ.get("VERO_REQUESTS"):
        with open(os.environ["VERO_REQUESTS"], "a", encoding="utf-8") as file:
            file.write(f"{made}\n")
