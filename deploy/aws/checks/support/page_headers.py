"""The CloudFront function that gives pages the security headers which the server gives them."""

import json
import re

from support.sources import security_headers

BEGIN = "// Written by deploy/aws/checks/write_page_headers from backend/hosts/app/security_headers.h."
END = "// The end of what is written."


def function_code():
    lines = [BEGIN, "function handler(event) {", "  var headers = event.response.headers;"]
    for name, value in security_headers().items():
        lines.append(f"  headers[{json.dumps(name.lower())}] = {{value: {json.dumps(value)}}};")
    return "\n".join([*lines, "  return event.response;", "}", END, ""])


def with_function_code(template):
    """The template's text with the function written anew."""
    block = re.compile(rf"^( *){re.escape(BEGIN)}\n.*?^ *{re.escape(END)}\n", re.MULTILINE | re.DOTALL)
    found = block.search(template)
    if not found:
        raise ValueError("template.yaml has lost the comments around the function of page headers")
    code = "".join(found[1] + line + "\n" for line in function_code().splitlines())
    return template[: found.start()] + code + template[found.end() :]
