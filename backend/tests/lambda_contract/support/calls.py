"""Events and answers of functions behind the gateway."""

import json

from aws_local.events import Call, proxy_event


def event(method: str, path: str, body=None, headers: dict[str, str] | None = None, cookie: str | None = None) -> dict:
    """The event of a call as a browser makes it. `path` is without /api and may have a query."""
    sent = {"Host": "tasks.example", **(headers or {})}
    data = b""
    if body is not None:
        sent["Content-Type"] = "application/json"
        data = json.dumps(body).encode()
    if cookie:
        sent["Cookie"] = cookie
    call = Call(method, f"/api{path}", list(sent.items()), data, "203.0.113.7")
    return proxy_event(call, path.split("?")[0], {})


class Answer:
    """The reply of a function, judged as API Gateway judges it."""

    def __init__(self, outcome):
        assert outcome.kind == "response", outcome
        reply = outcome.json
        assert set(reply) == {"statusCode", "multiValueHeaders", "body", "isBase64Encoded"}, reply
        assert isinstance(reply["body"], str) and reply["isBase64Encoded"] is False
        self.status = reply["statusCode"]
        self.headers = {name.lower(): values for name, values in reply["multiValueHeaders"].items()}
        assert all(isinstance(values, list) for values in self.headers.values()), reply
        self.body = reply["body"]

    @property
    def json(self):
        return json.loads(self.body)

    @property
    def code(self) -> str:
        return self.json["code"]
