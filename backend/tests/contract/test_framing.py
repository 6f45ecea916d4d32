"""Row 53 of the security checklist: how requests are framed (RFC 9112, after Http11Probe), at the running
server by raw sockets.

Behind each case stands a second request. Where a message could be read in two ways the answer is one
4xx and the end of the connection, so that nobody's request hides in another's; where it can be read in
one way only, both are answered, which shows that the server and we agree where the first one ends.
"""

import pytest

from support.raw import talk

pytestmark = pytest.mark.server_reads
NEXT = b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
HOST = b"Host: localhost\r\n"
JSON = b"Content-Type: application/json\r\n"


def get(fields: bytes = b"", target: bytes = b"/healthz", host: bytes = HOST) -> bytes:
    return b"GET " + target + b" HTTP/1.1\r\n" + host + fields + b"\r\n"


def line(text: bytes) -> bytes:
    """A request by its first line."""
    return text + b"\r\n" + HOST + b"\r\n"


def post(fields: bytes, body: bytes = b"") -> bytes:
    return b"POST /api/login HTTP/1.1\r\n" + HOST + JSON + fields + b"\r\n" + body


def length(value: bytes, body: bytes = b"{}") -> bytes:
    return post(b"Content-Length:" + value + b"\r\n", body)


def coding(value: bytes, body: bytes = b"2\r\n{}\r\n0\r\n\r\n") -> bytes:
    return post(b"Transfer-Encoding:" + value + b"\r\n", body)


def chunks(body: bytes) -> bytes:
    return coding(b" chunked", body)


# name: (bytes, status); the next request is answered, too.
READ = {
    "a plain get": (get(), 200),
    "a get with an empty body": (get(b"Content-Length: 0\r\n"), 200),
    "an empty line in front": (b"\r\n" + get(), 200),
    "a body with its length": (length(b" 2"), 422),
    "a length without a space": (length(b"2"), 422),
    "a length with a tab around": (length(b"\t2\t"), 422),
    "a length with zeros in front": (length(b" 0002"), 422),
    "no body": (post(b""), 400),
    "a length of zero": (length(b" 0", b""), 400),
    "chunked": (chunks(b"2\r\n{}\r\n0\r\n\r\n"), 422),
    "chunked in capitals": (coding(b" CHUNKED"), 422),
    "two chunks": (chunks(b"1\r\n{\r\n1\r\n}\r\n0\r\n\r\n"), 422),
    "a chunk size with zeros in front": (chunks(b"0002\r\n{}\r\n0\r\n\r\n"), 422),
    "a chunk size in small letters": (chunks(b"a\r\n{\"a\":    1\r\n1\r\n}\r\n0\r\n\r\n"), 422),
    "a chunk size in capitals": (chunks(b"A\r\n{\"a\":    1\r\n1\r\n}\r\n0\r\n\r\n"), 422),
    "a last chunk of many zeros": (chunks(b"2\r\n{}\r\n000\r\n\r\n"), 422),
    "a chunk extension": (chunks(b"2;a=b\r\n{}\r\n0\r\n\r\n"), 422),
    "a quoted chunk extension": (chunks(b"2;a=\"b\"\r\n{}\r\n0\r\n\r\n"), 422),
    "an extension of the last chunk": (chunks(b"2\r\n{}\r\n0;a\r\n\r\n"), 422),
    "a trailer": (chunks(b"2\r\n{}\r\n0\r\nX-Trailer: 1\r\n\r\n"), 422),
    "an empty value": (get(b"X-A:\r\n"), 200),
    "blanks around a value": (get(b"X-A: \t 1 \t \r\n"), 200),
    "no blank before a value": (get(b"X-A:1\r\n"), 200),
    "a name of all token marks": (get(b"!#$%&'*+-.^_`|~09: 1\r\n"), 200),
    "utf-8 in a value": (get("X-A: é\r\n".encode()), 200),
    "a host with a port": (get(host=b"Host: localhost:8080\r\n"), 200),
    "an address as host": (get(host=b"Host: [::1]:8080\r\n"), 200),
    "a name in capitals": (get(host=b"HOST: localhost\r\n"), 200),
    "an unknown method that is a token": (line(b"BREW /healthz HTTP/1.1"), 405),
    "a method in small letters": (line(b"get /healthz HTTP/1.1"), 405),
    "trace": (line(b"TRACE /healthz HTTP/1.1"), 405),
    "a target that cannot be decoded": (get(target=b"/healthz%zz"), 400),
    "a target that ends in a percent sign": (get(target=b"/healthz%"), 400),
    "nul in the target": (get(target=b"/healthz%00"), 400),
    "overlong utf-8 in the target": (get(target=b"/%c0%ae%c0%ae/"), 400),
    "a fragment": (get(target=b"/healthz#a"), 400),
    "raw utf-8 in the target": (get(target="/é".encode()), 400),
    "a target with dots": (get(target=b"/api/../healthz"), 404),
    "a target with encoded dots": (get(target=b"/api/%2e%2e/healthz"), 404),
    "an empty query": (get(target=b"/healthz?"), 200),
    "expect 100-continue with the body": (post(b"Expect: 100-continue\r\nContent-Length: 2\r\n", b"{}"), 422),
    "an upgrade that is not taken": (get(b"Connection: upgrade\r\nUpgrade: h2c\r\n"), 200),
    "te: trailers": (get(b"TE: trailers\r\nConnection: TE\r\n"), 200),
}

# name: (bytes, status); one answer and no other, whatever follows.
REFUSED = {
    # Two lengths
    "length and chunked": (post(b"Content-Length: 2\r\nTransfer-Encoding: chunked\r\n", b"2\r\n{}\r\n0\r\n\r\n"), 400),
    "chunked and length": (post(b"Transfer-Encoding: chunked\r\nContent-Length: 2\r\n", b"2\r\n{}\r\n0\r\n\r\n"), 400),
    "chunked and a length of zero": (post(b"Transfer-Encoding: chunked\r\nContent-Length: 0\r\n", b"0\r\n\r\n"), 400),
    "two equal lengths": (post(b"Content-Length: 2\r\nContent-Length: 2\r\n", b"{}"), 400),
    "two lengths": (post(b"Content-Length: 2\r\nContent-Length: 30\r\n", b"{}"), 400),
    "two lengths in different letters": (post(b"Content-Length: 2\r\ncontent-length: 3\r\n", b"{}"), 400),
    "equal lengths in a list": (length(b" 2, 2"), 400),
    "lengths in a list": (length(b" 2, 30"), 400),
    "a length and nothing in a list": (length(b" 2,"), 400),
    # Odd lengths
    "an empty length": (length(b""), 400),
    "a length with a plus": (length(b" +2"), 400),
    "a length below zero": (length(b" -2"), 400),
    "a length of minus zero": (length(b" -0"), 400),
    "a hexadecimal length": (length(b" 0x2"), 400),
    "a length with a point": (length(b" 2.0"), 400),
    "a length with an exponent": (length(b" 2e0"), 400),
    "a length with a space inside": (length(b" 2 2"), 400),
    "a length with an underscore": (length(b" 1_0"), 400),
    "a length in quotes": (length(b' "2"'), 400),
    "a length with letters behind": (length(b" 2abc"), 400),
    "a length in other digits": (length(" ٢".encode()), 400),
    "a length with a vertical tab": (length(b" \x0b2"), 400),
    "a length of 2^64 + 2": (length(b" 18446744073709551618"), 400),
    "a length of 2^63": (length(b" 9223372036854775808"), 400),
    "a length of forty digits": (length(b" " + b"9" * 40), 400),
    # Transfer-Encoding
    "gzip, chunked": (coding(b" gzip, chunked"), 400),
    "chunked, gzip": (coding(b" chunked, gzip"), 400),
    "chunked, chunked": (coding(b" chunked, chunked"), 400),
    "chunked, identity": (coding(b" chunked, identity"), 400),
    "identity": (coding(b" identity", b"{}"), 400),
    "gzip": (coding(b" gzip"), 400),
    "an unknown coding": (coding(b" cow"), 400),
    "xchunked": (coding(b" xchunked"), 400),
    "chunked in quotes": (coding(b' "chunked"'), 400),
    "chunked with a parameter": (coding(b" chunked;q=1"), 400),
    "chunked with a comma behind": (coding(b" chunked,"), 400),
    "chunked with a comma in front": (coding(b" ,chunked"), 400),
    "chunked behind a vertical tab": (coding(b" \x0bchunked"), 400),
    "chunked before a form feed": (coding(b" chunked\x0c"), 400),
    "chunked before a nul": (coding(b" chunked\x00"), 400),
    "an empty coding": (coding(b""), 400),
    "two codings": (post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: chunked\r\n", b"0\r\n\r\n"), 400),
    "chunked and identity in two fields": (
        post(b"Transfer-Encoding: chunked\r\nTransfer-Encoding: identity\r\n", b"0\r\n\r\n"), 400),
    "chunked with a space before the colon": (post(b"Transfer-Encoding : chunked\r\n", b"0\r\n\r\n"), 400),
    "chunked with an underscore beside a length": (
        post(b"Content-Length: 2\r\nTransfer_Encoding\r\n: chunked\r\n", b"{}"), 400),
    "chunked over http/1.0": (
        b"POST /api/login HTTP/1.0\r\n" + HOST + JSON + b"Transfer-Encoding: chunked\r\n\r\n2\r\n{}\r\n0\r\n\r\n", 400),
    # Chunks
    "a chunk size with 0x": (chunks(b"0x2\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk size with a plus": (chunks(b"+2\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk size below zero": (chunks(b"-2\r\n{}\r\n0\r\n\r\n"), 400),
    "an empty chunk size": (chunks(b"\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk size with a space in front": (chunks(b" 2\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk size with an underscore": (chunks(b"0_2\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk size with another letter": (chunks(b"g\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk size of 2^64 + 2": (chunks(b"10000000000000002\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk size that is read as zero": (chunks(b"0x10000000000000000\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk longer than its size": (chunks(b"1\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk shorter than its size": (chunks(b"3\r\n{}\r\n0\r\n\r\n"), 400),
    "a chunk line that ends in lf": (chunks(b"2\n{}\r\n0\r\n\r\n"), 400),
    "a chunk line that ends in cr": (chunks(b"2\r{}\r\n0\r\n\r\n"), 400),
    "a chunk that ends in lf": (chunks(b"2\r\n{}\n0\r\n\r\n"), 400),
    "a chunk without an end": (chunks(b"2\r\n{}0\r\n\r\n"), 400),
    "lf in a chunk extension": (chunks(b"2;a\nb\r\n{}\r\n0\r\n\r\n"), 400),
    "cr in a chunk extension": (chunks(b"2;a\rb\r\n{}\r\n0\r\n\r\n"), 400),
    "a last chunk that ends in lf": (chunks(b"2\r\n{}\r\n0\n\n"), 400),
    "an endless chunk extension": (chunks(b"2;" + b"a" * 20_000 + b"\r\n{}\r\n0\r\n\r\n"), 400),
    # Lines
    "lines that end in lf": (b"GET /healthz HTTP/1.1\nHost: localhost\n\n", 400),
    "one line that ends in lf": (get(b"X-A: 1\n"), 400),
    "lf between two fields": (get(b"X-A: 1\nX-B: 2\r\n"), 400),
    "cr in a value": (get(b"X-A: 1\r2\r\n"), 400),
    "cr cr lf": (get(b"X-A: 1\r\r\n"), 400),
    "nul in a value": (get(b"X-A: 1\x002\r\n"), 400),
    "nul in a name": (get(b"X\x00A: 1\r\n"), 400),
    "a control character in a value": (get(b"X-A: 1\x01\r\n"), 400),
    "escape in a value": (get(b"X-A: \x1b[31m\r\n"), 400),
    "delete in a value": (get(b"X-A: 1\x7f\r\n"), 400),
    "latin-1 in a value": (get(b"X-A: \xe9\r\n"), 400),
    "a folded field": (get(b"X-A: 1\r\n 2\r\n"), 400),
    "a field folded by a tab": (get(b"X-A: 1\r\n\t2\r\n"), 400),
    "a folded first field": (b"GET /healthz HTTP/1.1\r\n Host: localhost\r\n\r\n", 400),
    "a folded length": (post(b"Content-Length:\r\n 2\r\n", b"{}"), 400),
    "a space before the colon": (get(b"X-A : 1\r\n"), 400),
    "a tab before the colon": (get(b"X-A\t: 1\r\n"), 400),
    "a field without a colon": (get(b"X-A\r\n"), 400),
    "a field without a name": (get(b": 1\r\n"), 400),
    "a name with a space": (get(b"X A: 1\r\n"), 400),
    "a name in brackets": (get(b"(X): 1\r\n"), 400),
    "a name beyond ascii": (get("É: 1\r\n".encode()), 400),
    # Host
    "no host": (get(host=b""), 400),
    "two hosts": (get(b"Host: localhost\r\n"), 400),
    "two different hosts": (get(b"Host: evil.example\r\n"), 400),
    "an empty host": (get(host=b"Host:\r\n"), 400),
    "a host with a slash": (get(host=b"Host: a/b\r\n"), 400),
    "a host with a user": (get(host=b"Host: a@b\r\n"), 400),
    "a host with a space": (get(host=b"Host: a b\r\n"), 400),
    "a host with a comma": (get(host=b"Host: a,b\r\n"), 400),
    # Request line
    "an absolute target": (line(b"GET http://localhost/healthz HTTP/1.1"), 400),
    "an absolute target of another site": (line(b"GET http://evil.example/healthz HTTP/1.1"), 400),
    "an authority": (line(b"CONNECT localhost:80 HTTP/1.1"), 400),
    "an asterisk": (line(b"OPTIONS * HTTP/1.1"), 400),
    "no target": (line(b"GET HTTP/1.1"), 400),
    "an empty target": (line(b"GET  HTTP/1.1"), 400),
    "a target without a slash": (line(b"GET healthz HTTP/1.1"), 400),
    "two spaces": (line(b"GET  /healthz HTTP/1.1"), 400),
    "a space in front": (line(b" GET /healthz HTTP/1.1"), 400),
    "a space in the target": (line(b"GET /heal thz HTTP/1.1"), 400),
    "tabs between": (line(b"GET\t/healthz\tHTTP/1.1"), 400),
    "a space at the end": (line(b"GET /healthz HTTP/1.1 "), 400),
    "no version": (line(b"GET /healthz"), 400),
    "a version in small letters": (line(b"GET /healthz http/1.1"), 400),
    "http/1.2": (line(b"GET /healthz HTTP/1.2"), 400),
    "http/0.9": (line(b"GET /healthz HTTP/0.9"), 400),
    "http/2.0": (line(b"GET /healthz HTTP/2.0"), 400),
    "http/1.10": (line(b"GET /healthz HTTP/1.10"), 400),
    "http/1.": (line(b"GET /healthz HTTP/1."), 400),
    "the preface of http/2": (b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 400),
    "a method with a bracket": (line(b"GE(T /healthz HTTP/1.1"), 400),
    "a method of nothing": (line(b"/healthz HTTP/1.1"), 400),
    "two empty lines in front": (b"\r\n\r\n" + get(), 400),
    "a bare lf in front": (b"\n" + get(), 400),
    "a tls hello": (b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03", 400),
    "noise": (bytes(range(256)), 400),
    "an unknown expectation": (post(b"Expect: 200-ok\r\nContent-Length: 2\r\n", b"{}"), 400),
    # Too much
    "a line of 9,000 bytes": (get(target=b"/" + b"a" * 9000), 431),
    "a field of 9,000 bytes": (get(b"X-A: " + b"a" * 9000 + b"\r\n"), 431),
    "a name of 9,000 bytes": (get(b"a" * 9000 + b": 1\r\n"), 431),
    "70 fields": (get(b"".join(b"X-%d: 1\r\n" % number for number in range(70))), 431),
    "a million fields": (get(b"a: b\r\n" * 1_000_000), 431),
    "a length of a gigabyte": (length(b" 1073741824"), 413),
    "a chunk of a gigabyte": (chunks(b"40000000\r\n{}"), 413),
    "a hundred thousand chunks": (chunks(b"1\r\na\r\n" * 100_000 + b"0\r\n\r\n"), 413),
}


def test_table_has_120_cases():
    assert len(READ) + len(REFUSED) >= 120


@pytest.mark.parametrize("sent, status", READ.values(), ids=READ.keys())
def test_request_that_can_be_read_in_one_way_is_answered_and_so_is_the_next(world, sent, status):
    # 100 is no answer but an invitation to send the body.
    assert [one for one in talk(world.host.base, sent + NEXT) if one != 100] == [status, 200]


@pytest.mark.parametrize("sent, status", REFUSED.values(), ids=REFUSED.keys())
def test_request_that_could_be_read_in_two_ways_is_refused_and_ends_the_connection(world, sent, status):
    assert talk(world.host.base, sent + NEXT) == [status]
