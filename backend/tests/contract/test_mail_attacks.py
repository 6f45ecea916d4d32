"""Rows 57 and 58 of the security checklist: addresses and host names that attack mail."""

import pytest

from support.mailbox import text_of

# Where a header, an envelope or a list of recipients could be opened, in front of, inside and behind an
# address, plain and encoded.
OPENERS = [
    "\r\n", "\n", "\r", "\0", "\r\nBcc: ", "\nBcc: ", "\r\n\r\n", "%0d%0aBcc: ", "%0aCc:", "\u2028", "\u0085",
    ",", ", ", ";", " ", "\t", "<", ">", "> <", "\"", "\\", "(comment)", ":", "@", "@@", "..", "\x7f", "\x1b[2J",
    "\u202e", "\uff20", "=?utf-8?q?=0d=0a?=", "`id`", "$(id)", "|", "&", "!", "\u200b", "\ufeff",
]
VICTIM = "victim@mail.example"
ATTACKS = [
    made
    for opener in OPENERS
    for made in (f"{opener}someone@mail.example", f"someone{opener}{VICTIM}", f"someone@mail.example{opener}{VICTIM}",
                 f"some{opener}one@mail.example", f"someone@mail{opener}.example")
] + [
    "someone", "@mail.example", "someone@", "someone@localhost", "someone@[127.0.0.1]", "someone@[IPv6:::1]",
    "someone@mail", "someone@.example", "someone@mail.example.", "someone@-mail.example", "someone@mail-.example",
    "\"some one\"@mail.example", "@relay.example:someone@mail.example", "relay!someone@mail.example@mail.example",
    "someone@mail.example<script>", "ädä@mail.example", "someone@mäil.example", "someone@xn--.example",
    f"{'a' * 65}@mail.example", f"someone@{'a' * 64}.example", f"someone@{'a.' * 130}example", "-oQ/tmp@mail.example\n",
]
def is_plain(address: str) -> bool:
    """One that is allowed: printable ASCII, one @, nothing that ends an address anywhere."""
    return address.isascii() and address.isprintable() and not set(address) & set(" \",;:<>()[]\\") \
        and address.count("@") == 1


def test_table_has_200_attacks():
    assert len(ATTACKS) >= 200


@pytest.mark.parametrize("call", ["/api/signup", "/api/forgot-password"])
def test_attack_on_an_address_is_refused_or_mails_that_address_alone(people, call):
    refused = 0
    for attack in ATTACKS:
        body = {"email": attack}
        if call == "/api/signup":
            stranger = people.stranger()
            body |= {"username": stranger.username, "password": stranger.password}
        answer = people.anonymous.call("POST", call, body)
        assert answer.status in (202, 422), (attack, answer.body)
        if answer.status == 422:
            assert list(answer.field_codes) == ["email"], attack
            refused += 1
            continue
        assert is_plain(attack), attack
    assert refused > len(ATTACKS) * 3 // 4
    # A later mail shows that the outbox has moved past all of them.
    people.signed_up()
    mails = [people.mailbox.read(file) for file in sorted(people.mailbox.folder.glob("*.eml"))]
    for to, message in mails:
        assert to.count("@") == 1 and to != VICTIM
        assert [name.lower() for name in message.keys() if name.lower() in ("to", "cc", "bcc")] == ["to"]


@pytest.mark.parametrize("headers", [
    {"Host": "evil.example"}, {"X-Forwarded-Host": "evil.example"}, {"Forwarded": "host=evil.example"},
    {"Origin": None, "Referer": "https://evil.example/"}, {"X-Original-URL": "https://evil.example/"},
], ids=lambda headers: " ".join(headers))
def test_mail_names_our_site_whatever_the_request_says(people, headers):
    person = people.signed_up()
    people.anonymous.send("POST", "/api/forgot-password", {"email": person.email}, headers=headers)
    message = people.mailbox.wait_for(person.email, 2)
    assert "evil.example" not in text_of(message)
    assert "evil.example" not in message.as_string()
