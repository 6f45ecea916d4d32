"""What others say of template.yaml: cfn-lint, awslabs' serverless rules, the SAM CLI, checkov.

Each is also seen finding a mistake of its own kind.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from support.stack import TEMPLATE, read_template

HERE = Path(__file__).resolve().parent
TOOLS = {
    "cfn-lint": ["cfn-lint", "--config-file", str(HERE / "serverless.cfnlintrc.yaml"), "--template"],
    "sam": ["sam", "validate", "--lint", "--region", "us-east-1", "--template-file"],
    "checkov": ["checkov", "--config-file", str(HERE / "checkov.yaml"), "--file"],
}
ENVIRONMENT = {**os.environ, "SAM_CLI_TELEMETRY": "0", "AWS_DEFAULT_REGION": "us-east-1", "LOG_LEVEL": "ERROR"}

# tool, what is replaced, by what, and what it then says
SPOILED = [
    ("cfn-lint", r"BackupRetentionPeriod: 7", "BackupRetentionPeriod: seven", "E3012"),
    ("cfn-lint", r"\n    Metadata: .*ES6000.*", "", "ES6000"),
    ("sam", r"\n            RestApiId: !Ref Api", "\n            RestApiId: !Ref Apo", "[Signup] is invalid"),
    ("checkov", r"BlockPublicPolicy: true", "BlockPublicPolicy: false", "CKV_AWS_54"),
]


def run(tool, template):
    program, *arguments = TOOLS[tool]
    result = subprocess.run(
        [str(Path(sys.executable).parent / program), *arguments, str(template)],
        env=ENVIRONMENT, cwd=HERE, capture_output=True, text=True, timeout=600)
    return result.returncode, result.stdout + result.stderr


@pytest.mark.parametrize("tool", TOOLS)
def test_template_passes(tool):
    status, output = run(tool, TEMPLATE)
    assert status == 0, output


@pytest.mark.parametrize("tool, pattern, replacement, complaint", SPOILED, ids=[f"{row[0]}-{row[3]}" for row in SPOILED])
def test_tool_finds(tool, pattern, replacement, complaint, tmp_path):
    text, count = re.subn(pattern, replacement, read_template(), count=1)
    assert count == 1, f"template.yaml has no {pattern}"
    spoiled = tmp_path / "template.yaml"
    spoiled.write_text(text)
    status, output = run(tool, spoiled)
    assert status != 0
    assert complaint in output
